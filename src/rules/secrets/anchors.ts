import type { Provider } from './catalogue.ts';

/**
 * The anchors of each provider's rows, one per line: what the scanner looks for before it makes any row. A test holds
 * it equal to the rows.
 */
export const ANCHORS: Readonly<Record<Provider, string>> = {
  azure:
    '0Q~\n1Q~\n2Q~\n3Q~\n4Q~\n5Q~\n6Q~\n7Q~\n8Q~\n9Q~\nAccountKey=\nSharedAccessKey=\nsig=\nJQQJ99\n+ASt\n+ABa\nACDb\n+ASb\n+AEh\n+ARm\nAzCa\nAIoT\nAzSe\nAzFu\n+ACR\nAZDO',
  google: 'AIza\nGOCSPX-\n1//0\nya29.\nAQ.Ab8\nAAAA\nGOOG1\nchat.googleapis.com/v1/spaces/',
  cloud:
    'dop_v1_\ndoo_v1_\ndor_v1_\nHRKU-\nfm2_\nfm1r_\nfm1a_\nfo1_\nrnd_\nvcp_\nvci_\nvca_\nvcr_\nvck_\nvercel_blob_rw_\nnfp_\nnfc_\nnfo_\nnfu_\nnfb_\nv1.0-\ncfut_\ncfat_\ncfk_\nLTAI\nAKID\nAQVN\ny0_\nt1.9eu\nddp_\nddo_\nddw_\nEXO\nakab-\nocid1.credential.\nsk-zeabur-',
  github: 'ghp_\ngithub_pat_\ngho_\nghs_\nghu_\nghr_',
  forges:
    'glpat-\nglptt-\ngldt-\nglrt-\nglrtr-\nglcbt-\nglft-\nglimt-\nglagent-\ngloas-\nglsoat-\nglffct-\nglwt-\nGR1348941\nATBB\nATATT3\nATCTT3\nATSTT3\nATTA\nsgp_\nslk_\nsgd_',
  registries:
    'npm_\npypi-AgE\nrubygems_\ncio\noy2\ndckr_pat_\ndckr_oat_\nAKCp\ncmVmdGtu\nCLOJARS_\npackagist_\nhf_\napi_org_\novsxp_\novsxat_\njsrp_\njsrd_\ngithub-oauth',
  payments:
    'sk_live_\nrk_live_\nsk_org_live_\nsk_test_\nrk_test_\nwhsec_\npk_live_\npk_test_\npk_prod_\nEAAA\nsq0csp-\nsq0atp-\naccess_token$\nshpat_\nshpca_\nshppa_\nshpss_\nshptka_\nshpua_\naccess-sandbox-\naccess-development-\naccess-production-\nrzp_live_\nrzp_test_\nlive_\ntest_\nFLWSECK\npdl_live_apikey_\npdl_sdbx_apikey_\npdl_ntfset_\nEZAK\nEZTK\nshippo_live_\nshippo_test_\nduffel_live_\nduffel_test_\nklarna_live_\nklarna_test_\nAPP_USR-\nxnd_production_\nxnd_development_\nMid-server-\nsk_sbox_\nsk_\nskey_\npolar_oat_\npolar_pat_\npolar_whs_',
  messaging:
    'xoxb-\nxoxp-\nxoxa-\nxoxr-\nxoxs-\nxoxo-\nxoxe.\nxoxe-\nxoxc-\nxoxd-\nxapp-\nxwfp-\nhooks.slack.com/\nMDA\nMDE\nMDI\nMDM\nMDQ\nMDU\nMDY\nMDc\nMDg\nMDk\nMTA\nMTE\nMTI\nMTM\nMTQ\nMTU\nMTY\nMTc\nMTg\nMTk\nMjA\nMjE\nMjI\nMjM\nMjQ\nMjU\nMjY\nMjc\nMjg\nMjk\nMzA\nMzE\nMzI\nMzM\nMzQ\nMzU\nMzY\nMzc\nMzg\nMzk\nNDA\nNDE\nNDI\nNDM\nNDQ\nNDU\nNDY\nNDc\nNDg\nNDk\nNTA\nNTE\nNTI\nNTM\nNTQ\nNTU\nNTY\nNTc\nNTg\nNTk\nNjA\nNjE\nNjI\nNjM\nNjQ\nNjU\nNjY\nNjc\nNjg\nNjk\nNzA\nNzE\nNzI\nNzM\nNzQ\nNzU\nNzY\nNzc\nNzg\nNzk\nODA\nODE\nODI\nODM\nODQ\nODU\nODY\nODc\nODg\nODk\nOTA\nOTE\nOTI\nOTM\nOTQ\nOTU\nOTY\nOTc\nOTg\nOTk\ndiscord.com/api/webhooks/\ndiscordapp.com/api/webhooks/\nmfa.\n:AA\nSK0\nSK1\nSK2\nSK3\nSK4\nSK5\nSK6\nSK7\nSK8\nSK9\nSKa\nSKb\nSKc\nSKd\nSKe\nSKf\n.webhook.office.com/\noutlook.office.com/webhook/\nos_v2_app_\nos_v2_org_\nEAA\nIGQV\nIGQW\nIGAA\nAAAAAAAAAAAAAAAAAAAAA\nWPL_AP\n_PF84_\n_PE93_',
  mail: 'SG.\nkey-\n-us1\n-us2\n-us3\n-us4\n-us5\n-us6\n-us7\n-us8\n-us9\nmd-\nxkeysib-\nxsmtpsib-\nre_\nmlsn.\npk_\npk_prod_\ndk_prod_\n1000.\npat-na1-\npat-na2-\npat-eu1-\npat-ap1-\npat-na3-\ntestsk_\nsk_svix',
  ai: 'sk-proj-\nsk-svcacct-\nsk-admin-\nsk-None-\nsk-ant-\nsk-or-v1-\nsk-or-\nsk-lf-\nsk-helicone-\npk-helicone-\nsk-\nr8_\ngsk_\npplx-\nxai-\ncsk-\nnvapi-\nsk_\ntgp_v1_\nfw_\nlsv2_pt_\nlsv2_sk_\nls__\nwandb_v1_\npa-\njina_\ntvly-\nfc-\nak-\nas-\nrpa_\ne2b_\nbb_live_\nbb_test_\npcsk_\ncrsr_\nkey_\nesecret_\nm0-\nunkey_\nflp_\nllx-',
  databases:
    'sbp_\nsb_secret_\nsb_publishable_\npscale_tkn_\npscale_pw_\npscale_oauth_\nnapi_\nnpg_\nxau_\nmdb_sa_sk_\nCCDB1_\n4b1d\nAVNS_\nfnA\ndapi\ndose\npat\ncflt\nprod:\ndev:\npreview:\np.eyJ\nprisma+postgres://',
  monitoring:
    'NRAK-\nNRAL\nNRII-\nNRIQ-\nNRRA-\nNRSP-\nNRJS-\nNRBR-\nsntrys_\nsntryu_\nsntrya_\nsntryi_\nglsa_\nglc_\neyJrIjoi\nhcaik_\nhcbik_\nhcxik_\nhcalk_\nhcxlk_\nhcamk_\ndt0c01.\ndt0s01.\ndt0s02.\ndt0s03.\ndt0s04.\ndt0s06.\ndt0s08.\ndt0s09.\ndt0s16.\nxaat-\nxapt-\nphx_\nphs_\nphc_\nsdk-\napi-\nsecret-\nconfigcat-sdk-1/\ncu_',
  ci: 'CCIPAT_\nCCIPRJ_\nbkua_\nbkpi_\nbkct_\nbkaj_\nsqu_\nsqp_\nsqa_\nsnyk_uat.\nsnyk_sat.\npat.\nsat.\ndp.pt.\ndp.st.\ndp.ct.\ndp.sa.\ndp.scim.\ndp.audit.\nst.\nhvs.\nhvb.\nhvr.\nops_eyJ\nA3-\n.atlasv1.\npul-\nAPI-\npnu_\npnb_\ntr_prod_\ntr_dev_\ntr_stg_\ntr_pat_\nsignkey-\nchpt_\ndepot_org_\ndepot_project_\ndepot_user_\nv2.\nLT_',
  identity: 'SSWS \nsecret-live-\nsecret-test-\ntskey-\neyJhIjoi\n{CLEAR}\np8e-\n00D\namzn1.oa2-cs.v1.\nAtzr|\nAtza|',
  saas: 'figd_\nfigo_\nfigu_\nfigoh_\nfigor_\nlin_api_\nlin_oauth_\nlin_wh_\n1/1\n2/1\n1/2\n1/3\n1/4\n1/5\n1/6\n1/7\n1/8\n1/9\npk_\nntn_\nsecret_\ntfp_\nCFPAT-\nsl.\nsk.eyJ\npk.eyJ\nPMAK-\nPMAT-\nmsh\nrdme_\nRGAPI-\n_|WARNING:-DO-NOT-SHARE\n1/0\n1/a\n1/b\n1/c\n1/d\n1/e\n1/f\nwaka_\nxprv\nyprv\nzprv\ntprv',
  keys: 'AGE-SECRET-KEY-1\nAGE-PLUGIN-\nPrivate-Lines: \n"d":"\n"d": "\nRWRT\nnsec1\n--token ',
  aws: 'AKIA\nASIA\nABIA\nACCA\nABSK\nbedrock-api-key-\namzn.mws.',
  leads:
    'IDENTIFIED \nidentified \nConvertTo-SecureString \necho \nprintf \n<<<\ngh secret set \nvariables create \nnet use \njwt.sign(\njwt.verify(\njwt.encode(\njwt.decode(\ncreateHmac(\nhmac.new(\n:5432:\n:5433:\n:*:\njdbc:oracle:\nsend "\nsend -- "\nlogin(\nasic_auth(\nasicAuth(\nauth=(\nauth = (\nredentials(\nredential(\nuthentication(\nuthenticate(\nmysqli(\nonnect(\nPDO(\ngetConnection(\nSequelize(\nipheriv(\nSecretKeySpec(\nsignWith(\nFernet(\nAES.new(\nIDENTIFIED BY \nidentified by \n--user\n--auth\n--cred\n--login\n--basic\n -u \n -p \n -P ',
  infrastructure:
    'sha256~\nSWMTKN-1-\nptr_\nK10\ntoken-\nkubeconfig-\nnbp_\nPVEAPIToken=\nory_pat_\nory_at_\nory_rt_\nory_st_\nory_ac_\nory_wak_\nn8n_api_\nservice:\nuser:gh.\ncxtp_\ncxup_\nsktsec_\nstandard_\nDO00\nDO80\njca_\nbce-v3/ALTAK-\nAKLT\n_live_\n_prod_\n_secret_\n_sk_\n_pat_\n_key_\n_api_\n_token_\n_oauth_\n-live-\n-secret-\n-key-\n-api-\n-token-\n-pat-',
  products:
    'ck_\ncs_\ncal_\nnyk_\nsec-c-\nprivate_\npina_\napify_api_\nsk_car_\ndtn_\nsyt_\ncfsk_ma_\nsecret_admin_\nsecret_readonly_\nsecret_user_\nKEY0\nIST.eyJ\nasat_\nCG-\nvk1.a.\nhooks.zapier.com/hooks/\nmaker.ifttt.com/\n/open-apis/bot/v2/hook/\n/cgi-bin/webhook/send?key=',
};
