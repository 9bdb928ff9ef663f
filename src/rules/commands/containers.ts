import type { Row } from './row.ts';

const engines = ['docker', 'podman', 'nerdctl', 'docker-compose', 'podman-compose', 'buildah', 'finch', 'lima-nerdctl'];
const kubes = ['kubectl', 'oc', 'k', 'kubecolor', 'microk8s.kubectl', 'k3s-kubectl'];

/** Rows about containers, images, volumes and clusters. */
export const containers = (): readonly Row[] => [
  {
    id: 'volume-delete',
    program: engines,
    effect: 'ask',
    sub: [
      'volume rm',
      'volume remove',
      'volume prune',
      'network rm',
      'network remove',
      'network prune',
      'image prune',
      'container prune',
      'builder prune',
      'buildx prune',
      'system prune',
      'system reset',
      'machine rm',
      'pod rm',
      'pod prune',
      'secret rm',
      'config rm',
      'stack rm',
      'service rm',
      'swarm leave',
      'node rm',
      'plugin rm',
      'context rm',
      'secret remove',
      'stack down',
      'manifest rm',
      'trust revoke',
      'system migrate',
      'swarm init',
      'network disconnect',
      'checkpoint rm',
      'machine reset',
      'artifact rm',
      'kube down',
      'buildx rm',
      'model rm',
      'desktop reset',
      'system connection remove',
    ],
    when: (view) =>
      !(view.args.includes('builder') || (view.args.includes('buildx') && view.args.includes('prune'))) ||
      view.has('-a', '--all'),
    why: 'deletes volumes, networks, images or services with what they hold.',
    instead: 'See what takes space: `docker system df`.',
    hits: [
      'docker system prune -a',
      'docker volume rm pgdata',
      'docker volume prune -f',
      'podman system reset --force',
      'docker swarm leave --force',
      'docker stack rm prod',
      'docker volume ls -q | xargs docker volume rm',
      'ssh prod docker system prune -af --volumes',
      'docker --context prod volume rm x',
      'docker image prune -a',
      'docker network prune -f',
      'docker container prune -f',
      'docker builder prune -a',
    ],
    misses: ['docker system df', 'docker volume ls', 'docker images', 'docker network ls', 'docker builder prune -f'],
  },
  {
    id: 'container-delete',
    program: engines,
    effect: 'ask',
    sub: ['rm', 'rmi', 'container rm', 'container remove', 'image rm', 'image remove', 'kill', 'container kill'],
    when: (view) => {
      const isMany =
        view.operands.length > 1 || view.operands.some((text) => text.includes('\0')) || view.has('-a', '--all');
      const withVolumes = view.has('-v', '--volumes') && !view.args.includes('rmi');
      if (view.program.includes('compose')) return view.has('-v');
      if (view.args.includes('kill')) return isMany;
      return withVolumes || isMany || (view.has('-f', '--force') && isMany);
    },
    why: 'removes many containers or images, or their volumes.',
    instead: 'Name the one: `docker rm web`.',
    hits: [
      'docker rm -f $(docker ps -aq)',
      'docker rmi -f $(docker images -q)',
      'docker rm -v db',
      'podman rm -a -f',
      'docker kill $(docker ps -q)',
      'podman rmi --all',
      'docker ps -aq | xargs docker rm -f',
    ],
    misses: ['docker rm web', 'docker rmi app:old', 'docker stop web', 'docker kill web'],
  },
  {
    id: 'compose-volumes',
    program: [...engines],
    effect: 'ask',
    sub: ['compose down', 'down', 'compose rm'],
    when: (view) => view.has('-v', '--volumes', '--rmi') || (view.args.includes('rm') && view.has('-v')),
    why: 'deletes the volumes of the project with their data.',
    instead: 'Stop it and keep the data: `docker compose down`.',
    hits: [
      'docker compose down -v',
      'docker-compose down --volumes',
      'docker compose -f a.yml down -v',
      'docker compose down --rmi all -v',
      'docker compose rm -fsv',
    ],
    misses: ['docker compose down', 'docker-compose down', 'docker compose up -d', 'docker compose -v'],
  },
  {
    id: 'container-host',
    program: engines,
    effect: 'ask',
    sub: ['run', 'create', 'container run', 'container create', 'exec', 'compose run', 'container exec'],
    when: (view) => {
      const all = view.args.join(' ');
      if (/(^| )--privileged( |=true|$)/.test(all)) return true;
      const mounts = [
        ...view.values('-v', '--volume'),
        ...view.values('--mount'),
        ...view.args.flatMap((text) => /^--(?:volume|mount)=(.*)|^-v(.+)/.exec(text)?.slice(1) ?? []),
      ].filter((text): text is string => !!text);
      return (
        /--(pid|ipc|uts|userns|cgroupns)[= ]host\b/.test(all) ||
        /--cap-add[= ](ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|DAC_READ_SEARCH)/i.test(all) ||
        /--device[= ]\/dev\/(sd|nvme|mem|kmsg)/.test(all) ||
        mounts.some((text) =>
          /^(\/|\/etc|\/root|\/home|\/usr|\/var|\/boot|\/dev|\/proc|\/sys|\/var\/run\/docker\.sock|\/run\/docker\.sock|\/var\/lib\/docker)(:|$)|(source|src)=(\/|\/etc|\/root|\/home|\/var\/run\/docker\.sock)(,|$)|(^|\/)\.(ssh|aws|kube|gnupg)(\/|:|$)/.test(
            text,
          ),
        )
      );
    },
    why: 'gives a container the host itself.',
    instead: 'Mount only what it needs: `docker run --rm -v "$PWD/src:/app" node:20 node --version`.',
    hits: [
      'docker run -v /:/host alpine sh',
      'docker run --privileged alpine',
      'docker run --pid=host alpine',
      'docker run -v /var/run/docker.sock:/var/run/docker.sock x',
      'docker run --mount type=bind,source=/,target=/h alpine',
      'docker run --cap-add=SYS_ADMIN x',
    ],
    misses: [
      'docker run --rm -it node:20 bash',
      'docker run -v "$PWD:/app" node:20 npm test',
      'docker run -p 80:80 nginx',
    ],
  },
  {
    id: 'image-push',
    program: [...engines, 'skopeo', 'crane', 'oras', 'regctl', 'ko', 'jib', 'img', 'kaniko', 'cosign'],
    effect: 'ask',
    sub: [
      'push',
      'image push',
      'compose push',
      'copy',
      'delete',
      'manifest push',
      'buildx imagetools create',
      'append',
      'artifact delete',
      'tag delete',
      'manifest delete',
      'sync',
    ],
    when: (view) =>
      view.program === 'crane'
        ? /^(push|delete|append|tag|copy)$/.test(view.args[0] ?? '')
        : view.program === 'skopeo'
          ? view.args.includes('delete') ||
            view.args.includes('sync') ||
            view.operands.slice(1).some((text) => text.startsWith('docker://'))
          : true,
    why: 'publishes or deletes images in a registry.',
    instead: 'Build it here: `docker build -t app .`.',
    hits: ['docker push acme/app:latest', 'docker image push x', 'skopeo delete docker://x/y', 'crane delete x'],
    misses: ['docker pull nginx', 'docker build -t x .', 'skopeo inspect docker://x'],
  },
  {
    id: 'build-push',
    program: engines,
    effect: 'ask',
    sub: ['build', 'buildx build', 'image build', 'buildx bake'],
    anyFlag: ['--push'],
    why: 'publishes the image that it builds.',
    instead: 'Build it here: `docker build -t app .`.',
    hits: ['docker buildx build --push -t x .', 'docker build --push .'],
    misses: ['docker build -t x .'],
  },
  {
    id: 'kube-delete',
    program: kubes,
    effect: 'ask',
    sub: [
      'delete',
      'drain',
      'cordon',
      'evict',
      'replace',
      'taint',
      'auth reconcile',
      'config delete-context',
      'config delete-cluster',
      'config delete-user',
      'config unset',
      'adm drain',
      'adm prune',
      'adm cordon',
      'adm policy',
      'certificate deny',
      'rollout undo',
      'delete-project',
    ],
    when: (view) => {
      if (view.args.includes('replace')) return view.has('--force');
      return !view.has('--dry-run');
    },
    why: 'deletes or evicts what runs in the cluster.',
    instead: 'Look first: `kubectl get pods`.',
    hits: [
      'kubectl delete pod api-0',
      'kubectl --context prod delete -f k8s/',
      'kubectl delete ns prod',
      'kubectl drain node-1 --force',
      'kubectl get pods -o name | xargs kubectl delete',
      'oc delete project x',
      'kubectl -n prod delete deploy --all',
      'kubectl replace --force -f x.yml',
      'kubectl rollout undo deploy/api',
    ],
    misses: [
      'kubectl get pods',
      'kubectl describe pod x',
      'kubectl delete pod x --dry-run=client',
      'kubectl logs -f api-0',
      'kubectl rollout status deploy/api',
    ],
  },
  {
    id: 'kube-change',
    program: kubes,
    effect: 'ask',
    sub: [
      'apply',
      'patch',
      'edit',
      'scale',
      'autoscale',
      'set',
      'create',
      'label',
      'annotate',
      'rollout restart',
      'rollout pause',
      'rollout resume',
      'run',
      'expose',
      'cp',
      'exec',
      'debug',
      'attach',
      'autoscale',
      'approve',
      'new-app',
      'import',
      'rsync',
      'adm',
    ],
    when: (view) => {
      if (view.has('--dry-run') || view.args.some((text) => /^--dry-run(=(client|server))?$/.test(text))) return false;
      const isProd = view.args.some(
        (text) =>
          /^(--context|--namespace|-n|--cluster|--kubeconfig)?=?.*\bprod(uction)?\b/.test(text) &&
          !text.startsWith('app'),
      );
      const all = view.args.join(' ');
      if (/ scale | scale$/.test(` ${all} `))
        return (
          view.args.some((text) => /^--replicas=0$/.test(text)) ||
          view.value('--replicas') === '0' ||
          view.has('--all') ||
          isProd
        );
      if (/(^| )apply( |$)/.test(all))
        return (
          view.has('--prune', '--force') ||
          isProd ||
          view.operands.some((text) => /^https?:/.test(text)) ||
          view.values('-f', '--filename').some((text) => /^https?:|^-$/.test(text))
        );
      if (
        /(^| )(label|annotate|run|expose|cp|exec|debug|attach|rsync|set|patch|edit|autoscale|rollout|approve|new-app|import|adm)( |$)/.test(
          all,
        )
      )
        return (
          isProd ||
          /(^| )(patch|edit)( |$)/.test(all) ||
          (/(^| )(label|annotate)( |$)/.test(all) && view.has('--all', '--overwrite')) ||
          (/(^| )set( |$)/.test(all) && isProd)
        );
      if (/(^| )create( |$)/.test(all))
        return (/(clusterrolebinding|rolebinding|cluster-admin|secret|token)/.test(all) && !view.has('-o')) || isProd;
      return false;
    },
    why: 'changes what runs in the cluster.',
    instead: 'See what it would do: `kubectl apply -f k8s/ --dry-run=server`.',
    hits: [
      'kubectl scale deploy api --replicas=0',
      'kubectl scale deploy --all --replicas=0 -n prod',
      'kubectl apply --prune -f k8s/',
      'kubectl -n prod apply -f x.yml',
      'kubectl patch deploy api -p "{}"',
      'kubectl create clusterrolebinding x --clusterrole=cluster-admin --user=y',
      'kubectl apply -f https://example.test/x.yaml',
      'kubectl edit deploy api',
    ],
    misses: [
      'kubectl apply -f k8s/ --dry-run=server',
      'kubectl apply -f k8s/',
      'kubectl scale deploy api --replicas=3',
      'kubectl config get-contexts',
      'kubectl exec api-0 -- ls',
      'kubectl port-forward svc/api 8080:80',
    ],
  },
  {
    id: 'helm',
    program: ['helm', 'helmfile', 'helm3', 'kustomize', 'werf', 'timoni'],
    effect: 'ask',
    sub: [
      'uninstall',
      'delete',
      'del',
      'un',
      'rollback',
      'destroy',
      'sync',
      'apply',
      'upgrade',
      'install',
      'push',
      'plugin uninstall',
      'charts',
      'dismiss',
      'cleanup',
      'purge',
      'repo remove',
    ],
    when: (view) => {
      const all = view.args.join(' ');
      if (view.has('--dry-run') || view.args.some((text) => text.startsWith('--dry-run'))) return false;
      if (/(^| )(upgrade|install)( |$)/.test(all) && view.program.startsWith('helm') && view.program !== 'helmfile')
        return /\bprod(uction)?\b/.test(all) || view.has('--force', '--reset-values');
      return true;
    },
    why: 'removes or changes a release in the cluster.',
    instead: 'See what is there: `helm list`.',
    hits: [
      'helm uninstall api',
      'helm delete --purge api',
      'helm rollback api 1',
      'helmfile destroy',
      'helm upgrade api . --force',
      'helm upgrade --install api . -n prod',
    ],
    misses: [
      'helm list',
      'helm template .',
      'helm upgrade --install api . --dry-run',
      'helm lint',
      'helm repo add x https://x.test',
      'helmfile diff',
    ],
  },
  {
    id: 'cluster-delete',
    program: [
      'kind',
      'minikube',
      'k3d',
      'eksctl',
      'kops',
      'kubeadm',
      'argocd',
      'flux',
      'istioctl',
      'velero',
      'k3s',
      'k3s-uninstall.sh',
      'rke',
      'talosctl',
      'clusterctl',
      'microk8s',
      'kubeone',
      'skaffold',
      'tilt',
      'devspace',
      'garden',
      'nomad',
      'rancher',
      'linkerd',
      'cilium',
      'crossplane',
      'vcluster',
      'kfctl',
      'odo',
      'okteto',
      'telepresence',
      'etcdctl',
      'karmadactl',
      'kpt',
      'kapp',
      'krew',
      'ctr',
      'crictl',
      'lxc',
      'incus',
      'multipass',
      'vagrant',
      'virsh',
      'VBoxManage',
      'prlctl',
      'colima',
      'limactl',
      'tart',
      'orb',
      'podman-machine',
      'xe',
      'qm',
      'pct',
      'govc',
      'onevm',
      'vmrun',
      'machinectl',
      'proxmox',
      'vim-cmd',
      'esxcli',
      'az-aks',
      'docker-machine',
      'wsl',
      'lxc-destroy',
      'dokku',
      'caprover',
      'coolify',
      'kamal',
      'mrsk',
      'waypoint',
      'boundary',
    ],
    effect: 'ask',
    when: (view) =>
      view.program === 'lxc-destroy' ||
      view.program === 'k3s-uninstall.sh' ||
      (view.args.some(
        (text, at) =>
          at < 4 &&
          /^(delete|destroy|reset|rm|remove|uninstall|purge|undefine|unregistervm|prune|stop-and-purge|terminate|app:delete|apps:destroy|--unregister|down|wipe|rmi|rmp|snapshot-delete|vol-delete|pool-destroy|controlvm|nuke|teardown|rebuild|delete-cluster)$/.test(
            text,
          ),
      ) &&
        !view.has('--dry-run') &&
        !(/^(tilt|skaffold|garden)$/.test(view.program) && view.operands[0] === 'down')) ||
      (view.program === 'argocd' &&
        /app (sync|rollback|delete|set)/.test(view.operands.join(' ')) &&
        view.has('--force', '--prune')) ||
      (view.program === 'nomad' && /^(job stop|system gc|stop)/.test(view.operands.join(' '))),
    why: 'deletes a cluster, a machine or what runs on it.',
    instead: 'Look first: `kubectl get nodes`.',
    hits: [
      'kind delete cluster',
      'minikube delete',
      'k3d cluster delete dev',
      'eksctl delete cluster --name prod',
      'kubeadm reset -f',
      'argocd app delete x',
      'flux uninstall',
      'velero backup delete x',
      'vagrant destroy -f',
      'virsh undefine vm',
      'multipass delete --purge x',
      'wsl --unregister Ubuntu',
      'VBoxManage unregistervm x --delete',
      'nomad job stop -purge x',
      'lxc delete -f x',
    ],
    misses: [
      'kind get clusters',
      'minikube start',
      'vagrant up',
      'k3d cluster list',
      'argocd app list',
      'flux get all',
    ],
  },
];
