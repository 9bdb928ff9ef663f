import type { Row } from './row.ts';

const planned = ['-help', '--help'];

/** Rows about infrastructure described as code, and the clouds' own command lines. */
export const infrastructure = (): readonly Row[] => [
  {
    id: 'terraform-destroy',
    program: ['terraform', 'tofu', 'terragrunt', 'terraspace', 'cdktf', 'tf'],
    effect: 'deny',
    sub: ['destroy', 'apply', 'run-all destroy', 'run-all apply', 'run', 'stack run'],
    unless: planned,
    when: (view) => view.args.some((text) => /^(destroy|-{1,2}destroy)$/.test(text)),
    why: 'destroys infrastructure.',
    instead: 'See what it would do: `terraform plan -destroy`.',
    hits: [
      'terraform destroy -auto-approve',
      'terraform apply -destroy -auto-approve',
      'tofu destroy',
      'terragrunt run-all destroy',
      'terraform -chdir=infra destroy',
      'terraform apply --destroy',
    ],
    misses: [
      'terraform plan',
      'terraform plan -destroy',
      'terraform validate',
      'gh release create v1 --notes "removes terraform destroy"',
    ],
  },
  {
    id: 'terraform-change',
    program: ['terraform', 'tofu', 'terragrunt', 'terraspace', 'cdktf', 'tf'],
    effect: 'ask',
    sub: [
      'apply',
      'state rm',
      'state push',
      'state mv',
      'state replace-provider',
      'taint',
      'untaint',
      'import',
      'force-unlock',
      'workspace delete',
      'run-all apply',
      'refresh',
      'deploy',
      'apply-all',
      'destroy-all',
      'login',
      'up',
    ],
    unless: planned,
    why: 'changes infrastructure or its state.',
    instead: 'See what it would do: `terraform plan`.',
    hits: [
      'terraform apply -auto-approve',
      'terraform state rm aws_instance.x',
      'terraform taint x',
      'terraform force-unlock -force 1',
      'terraform workspace delete prod',
      'terragrunt apply',
      'terraform state push x.tfstate',
    ],
    misses: [
      'terraform plan',
      'terraform state list',
      'terraform output -json',
      'terraform init',
      'terraform fmt',
      'terraform workspace list',
    ],
  },
  {
    id: 'iac',
    program: [
      'pulumi',
      'cdk',
      'sst',
      'serverless',
      'sls',
      'sam',
      'copilot',
      'eb',
      'amplify',
      'ampx',
      'chalice',
      'zappa',
      'cdk8s',
      'crossplane',
      'bosh',
      'nixops',
      'colmena',
      'packer',
      'waypoint',
      'kamal',
      'cap',
      'mina',
      'deployer',
      'dep',
      'up',
      'architect',
      'arc',
      'encore',
      'nitric',
      'wing',
      'juju',
      'salt',
      'chef-client',
      'knife',
      'puppet',
      'atlantis',
      'spacectl',
      'stacker',
      'sceptre',
      'cfn',
      'rain',
      'azd',
      'func',
      'ecs-cli',
      'aws-nuke',
      'cloud-nuke',
      'azure-nuke',
      'gcp-nuke',
    ],
    effect: 'ask',
    when: (view) => {
      const text = view.operands.join(' ');
      if (/-nuke$/.test(view.program)) return true;
      if (view.program === 'salt')
        return (
          /state\.(apply|highstate|sls)|pkg\.remove|file\.remove|service\.stop|system\.(reboot|shutdown)|user\.delete/.test(
            text,
          ) && !/test=True/i.test(text)
        );
      if (view.program === 'pulumi')
        return /^(destroy|up|update|refresh|cancel|import|down|stack (rm|import|rename)|state (delete|rename|unprotect|upgrade)|config rm|org|env rm)\b/.test(
          text,
        );
      if (view.program === 'knife') return /(delete|destroy|bootstrap)/.test(text);
      if (view.program === 'eb') return /^(terminate|deploy|abort|scale|swap|restore)/.test(text);
      if (view.program === 'packer' || view.program === 'up') return false;
      return (
        /(^| )(destroy|remove|rm|delete|down|deploy|teardown|terminate|undeploy|nuke|svc delete|app delete|env delete|delete-env|destroy-model|remove-application|rollback|push|apply|sandbox delete|recreate)( |$)/.test(
          text,
        ) && !view.has('--dry-run', '--noop', '--no-execute-changeset', '--preview')
      );
    },
    why: 'changes or destroys infrastructure.',
    instead: 'See what it would do: `pulumi preview`.',
    hits: [
      'pulumi destroy --yes',
      'pulumi up -y',
      'cdk destroy --all',
      'cdk deploy',
      'serverless remove',
      'sls deploy --stage prod',
      'sam delete',
      'amplify delete',
      'pulumi stack rm prod --force',
      'eb terminate prod',
      'azd down',
      'aws-nuke -c x.yml',
      'sst remove --stage prod',
    ],
    misses: [
      'pulumi preview',
      'cdk diff',
      'cdk synth',
      'serverless print',
      'sam build',
      'pulumi stack ls',
      'sam local invoke',
    ],
  },
  {
    id: 'ansible',
    program: [
      'ansible',
      'ansible-playbook',
      'ansible-pull',
      'ansible-galaxy',
      'ansible-navigator',
      'pyinfra',
      'fab',
      'bolt',
      'mgmt',
    ],
    effect: 'ask',
    unless: ['--check', '-C', '--syntax-check', '--list-hosts', '--list-tasks', '--list-tags', '--dry', '--version'],
    when: (view) => {
      if (view.program === 'ansible')
        return (
          !/^(ping|setup|debug|ansible\.builtin\.(ping|setup|debug)|stat|getent|gather_facts)$/.test(
            view.value('-m', '--module-name') ?? 'command',
          ) &&
          !/^(uptime|hostname|df|free|uname|date|whoami|id|ls|cat|systemctl status)\b/.test(
            view.value('-a', '--args') ?? '',
          )
        );
      if (view.program === 'ansible-galaxy') return /(remove|delete|publish)/.test(view.operands.join(' '));
      return (
        view.operands.length > 0 && !/^(doc|inventory|config|lint|collections|images)$/.test(view.operands[0] ?? '')
      );
    },
    why: 'changes other machines.',
    instead: 'See what it would do: `ansible-playbook --check site.yml`.',
    hits: [
      'ansible-playbook site.yml',
      'ansible all -m shell -a "rm -rf /srv"',
      'ansible all -b -m file -a "path=/srv state=absent"',
      'ansible-playbook -i prod destroy.yml',
    ],
    misses: [
      'ansible-playbook --check site.yml',
      'ansible all -m ping',
      'ansible-playbook site.yml --syntax-check',
      'ansible-inventory --list',
      'ansible-galaxy install x',
    ],
  },
  {
    id: 'aws',
    program: ['aws', 'awless', 's3cmd', 's5cmd', 'aws2'],
    effect: 'ask',
    unless: ['--dry-run', '--dryrun', '--no-execute-changeset', '--generate-cli-skeleton'],
    when: (view) => {
      const [service = '', action = ''] = view.operands;
      if (view.args.some((text) => /^--endpoint-url=?http:\/\/(localhost|127\.)/.test(text))) return false;
      if (service === 's3')
        return (
          /^(rb|rm)$/.test(action) ||
          (action === 'sync' && view.has('--delete')) ||
          action === 'mv' ||
          (/^(cp|sync)$/.test(action) && view.args.some((text) => /^--acl[= ]?public|public-read/.test(text)))
        );
      if (service === 'configure') return /^(set|import|sso)$/.test(action);
      return (
        (/^(delete|terminate|remove|deregister|destroy|purge|revoke|disable|detach|cancel|reject|reset|stop|reboot|release|disassociate|deactivate|abort|modify|put-(bucket-(policy|acl|public)|role-policy|user-policy|group-policy|public-access|key-policy|retention|lifecycle|bucket-lifecycle|object-acl)|attach-(role|user|group)-policy|create-(access-key|login-profile|user|role|policy-version)|update-(login-profile|assume-role|stack|service|function-c|distribution|policy|user-pool|cluster|nodegroup)|schedule-key-deletion|schedule|batch-delete|drop|close-account|leave-organization|failover|restore|rollback|decrease|unsubscribe|untag|set-default-policy|authorize-security-group|run-instances|execute|send-command|start-session|deploy|empty|force|wipe|invalidate|promote|execute-statement|batch-execute)/.test(
          action,
        ) &&
          !/^(describe|list|get)/.test(action)) ||
        (service === 'cloudformation' && /^(deploy|delete-stack|execute-change-set)$/.test(action)) ||
        (service === 'route53' && action.startsWith('change-resource')) ||
        (service === 'ssm' && action === 'put-parameter' && view.has('--overwrite')) ||
        view.values('--desired-capacity', '--desired-count', '--max-size').includes('0')
      );
    },
    why: 'deletes or changes what runs or is stored in the cloud.',
    instead: 'Look first: `aws sts get-caller-identity`.',
    hits: [
      'aws s3 rb s3://acme-prod --force',
      'aws s3 rm s3://b --recursive',
      'aws dynamodb delete-table --table-name users',
      'aws --profile prod --region us-east-1 ec2 delete-volume --volume-id vol-1',
      'aws ec2 terminate-instances --instance-ids i-1',
      'aws iam delete-user --user-name ci',
      'aws rds delete-db-instance --db-instance-identifier x --skip-final-snapshot',
      'aws s3 sync . s3://b --delete',
      'aws iam create-access-key --user-name x',
      'aws cloudformation delete-stack --stack-name x',
      'aws kms schedule-key-deletion --key-id x',
      'aws ecs update-service --desired-count 0 --service x',
    ],
    misses: [
      'aws sts get-caller-identity',
      'aws s3 ls',
      'aws s3 cp a.txt s3://b/a.txt',
      'aws ec2 describe-instances',
      'aws s3 rm s3://b --recursive --dryrun',
      'aws logs tail /x',
      'aws s3 sync dist s3://b',
    ],
  },
  {
    id: 'gcloud',
    program: ['gcloud', 'gsutil'],
    effect: 'ask',
    when: (view) => {
      if (view.program === 'gsutil')
        return (
          /^(rm|rb|mv)$/.test(view.operands[0] ?? '') ||
          (view.operands[0] === 'rsync' && view.has('-d')) ||
          (/^(iam|acl|defacl|lifecycle|versioning|retention)$/.test(view.operands[0] ?? '') &&
            /^(ch|set|clear)$/.test(view.operands[1] ?? ''))
        );
      return (
        (view.operands.some(
          (text, at) =>
            at > 0 &&
            at < 7 &&
            /^(delete|rm|remove|destroy|reset|stop|disable|remove-iam-policy-binding|add-iam-policy-binding|set-iam-policy|deploy|update|patch|resize|revoke|drain|abandon|cancel|purge|rollback|failover|restore|clear|delete-\w+|detach-\w+|suspend|wipe|import|set-password|reset-\w+|remove-\w+|promote-replica)$/.test(
              text,
            ),
        ) &&
          !/^(config|components|auth)$/.test(view.operands[0] ?? '') &&
          !(view.operands[0] === 'builds')) ||
        (view.operands[0] === 'auth' && view.operands[1] === 'revoke') ||
        (view.operands[0] === 'storage' &&
          view.operands[1] === 'rsync' &&
          view.has('--delete-unmatched-destination-objects'))
      );
    },
    why: 'deletes or changes what runs or is stored in the cloud.',
    instead: 'Look first: `gcloud projects list`.',
    hits: [
      'gcloud projects delete acme-prod --quiet',
      'gcloud storage rm -r gs://acme-prod',
      'gcloud compute instances delete x',
      'gcloud sql instances delete db',
      'gcloud -q container clusters delete x',
      'gcloud beta run services delete x',
      'gsutil rm -r gs://b',
      'gcloud projects add-iam-policy-binding x --member=y --role=roles/owner',
    ],
    misses: [
      'gcloud projects list',
      'gcloud config set project x',
      'gcloud compute instances list',
      'gsutil ls',
      'gcloud auth list',
      'gcloud storage ls',
    ],
  },
  {
    id: 'azure',
    program: ['az', 'azcopy', 'azd'],
    effect: 'ask',
    when: (view) =>
      view.program === 'azcopy'
        ? /^(rm|remove)$/.test(view.operands[0] ?? '') ||
          (view.operands[0] === 'sync' && view.args.some((text) => /--delete-destination=?(true|prompt)?/.test(text)))
        : (view.operands.some(
            (text, at) =>
              at > 0 &&
              /^(delete|purge|remove|destroy|stop|deallocate|restart|reset|revoke|regenerate|renew|update|failover|disable|delete-batch|delete-\w+|scale|detach|restore|invoke|run-command|reimage|redeploy|clear|rollback|credential|reset-credentials|swap)$/.test(
                text,
              ),
          ) &&
            !/^(config|account|extension|find|version)$/.test(view.operands[0] ?? '')) ||
          (view.operands[0] === 'deployment' &&
            view.operands.includes('create') &&
            view.values('--mode').some((mode) => /complete/i.test(mode))),
    why: 'deletes or changes what runs or is stored in the cloud.',
    instead: 'Look first: `az account show`.',
    hits: [
      'az group delete -n prod --yes',
      'az vm delete -g x -n y',
      'az storage account delete -n x',
      'az sql db delete --name x',
      'az keyvault purge --name x',
      'azcopy rm https://x.blob.test/y --recursive',
      'az deployment group create --mode Complete -g x -f y',
    ],
    misses: ['az account show', 'az group list', 'az vm list', 'azcopy copy a b', 'az storage blob list'],
  },
  {
    id: 'other-clouds',
    program: [
      'doctl',
      'linode-cli',
      'hcloud',
      'scw',
      'vultr-cli',
      'vultr',
      'oci',
      'ibmcloud',
      'aliyun',
      'openstack',
      'nova',
      'exo',
      'civo',
      'upctl',
      'ovhcloud',
      'tccli',
      'yc',
      'fastly',
      'cf',
      'flarectl',
      'cloudflared',
      'bunnycdn',
      'dnscontrol',
      'octodns-sync',
      'rancher',
      'ionosctl',
      'packet',
      'metal',
      'lambda-cloud',
      'vast',
      'runpodctl',
      'modal',
      'latitudesh',
      'swift',
      'b2',
      'wasabi',
      'nsupdate',
      'certbot',
      'acme.sh',
      'namecheap',
      'godaddy',
      'ns1',
      'tailscale',
      'teleport',
      'tctl',
      'tsh',
      'okta',
      'auth0',
      'ldapdelete',
      'ldapmodify',
      'ipa',
      'kadmin',
      'samba-tool',
      'net-ads',
      'step-ca',
      'consul',
    ],
    effect: 'ask',
    when: (view) => {
      const text = view.operands.join(' ');
      if (/^(ldapdelete|ldapmodify|octodns-sync|nsupdate)$/.test(view.program))
        return view.program !== 'octodns-sync' || view.has('--doit');
      if (view.program === 'dnscontrol') return view.operands[0] === 'push';
      if (view.program === 'certbot' || view.program === 'acme.sh') return /(delete|revoke)/.test(view.args.join(' '));
      if (view.program === 'tailscale') return /^(logout|down|lock)/.test(text);
      return (
        view.operands.some(
          (one, at) =>
            at > 0 &&
            /^(delete|destroy|remove|rm|terminate|purge|rebuild|reset|stop|power-off|poweroff|shutdown|reboot|d|revoke|force-delete|del|delete-\w+|[\w-]+-delete|unset|flush|delete_bucket|delete-bucket)$/.test(
              one,
            ),
        ) ||
        (/^(cf|swift|b2|yc)$/.test(view.program) && /^(delete|delete-\w+|delete_\w+|stop|purge|d)\b/.test(text)) ||
        /^(server-delete|delete-server)/.test(text)
      );
    },
    why: 'deletes or changes what runs in the cloud.',
    instead: 'Look first: `doctl account get`.',
    hits: [
      'doctl compute droplet delete 1 -f',
      'hcloud server delete x',
      'linode-cli linodes delete 1',
      'scw instance server delete x',
      'openstack server delete x',
      'oci os bucket delete --bucket-name x',
      'ibmcloud ks cluster rm x',
      'cf delete app -f',
      'swift delete container',
      'certbot delete --cert-name x',
      'dnscontrol push',
      'ldapdelete cn=x',
    ],
    misses: [
      'doctl compute droplet list',
      'hcloud server list',
      'openstack server list',
      'certbot certificates',
      'dnscontrol preview',
      'cf apps',
    ],
  },
];
