// The configuration of electron-builder for every platform, as one function of what is being built. It runs nothing.
import { fusesFor } from './fuses.mjs';

/** Never change these: Windows knows the installed application by them, and an update would install a second one. */
const appId = 'vn.van-thu.desk';
const windowsGuid = '0e3a4f1c-6a0b-5d1e-9c6f-7b8f3b0c9a52';

/** Fonts and dialogs of the runtime itself in these languages; ours are Vietnamese and English. */
const languages = ['vi', 'en-US'];

const debDepends = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libasound2 | libasound2t64',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libnotify4',
  'xdg-utils',
  'util-linux',
];
const rpmDepends = [
  'gtk3',
  'nss',
  'alsa-lib',
  'mesa-libgbm',
  'libXScrnSaver',
  'libXtst',
  'at-spi2-core',
  'libnotify',
  'xdg-utils',
  'util-linux',
];

/**
 * @param {{
 *   platform: 'linux' | 'win32' | 'darwin', app: string, work: string, output: string, electronVersion: string,
 *   electronDist?: string, floor: boolean, level?: number, publisher?: string[], signed?: boolean,
 * }} plan `app` is the staged application, `work` holds icons, `floor` names the package `-ci`.
 * @returns {import('app-builder-lib').Configuration}
 */
export function packageConfig(plan) {
  const mark = plan.floor ? '-ci' : '';
  const fast = plan.level !== undefined;
  return {
    appId,
    productName: plan.platform === 'linux' ? 'van-thu' : 'Van Thu',
    copyright: 'Apache-2.0',
    electronVersion: plan.electronVersion,
    ...(plan.electronDist === undefined ? {} : { electronDist: plan.electronDist }),
    directories: { app: plan.app, output: plan.output, buildResources: plan.work },
    // The native module is built by build/native.mjs from source, once, against Node-API.
    npmRebuild: false,
    buildDependenciesFromSource: false,
    files: ['**/*'],
    asar: { smartUnpack: false },
    asarUnpack: ['**/*.node'],
    extraResources:
      plan.platform === 'linux' ? [{ from: 'build/package/install-package.sh', to: 'install-package' }] : [],
    extraFiles: [{ from: 'LICENSE', to: 'LICENSE.van-thu.txt' }],
    electronLanguages: languages,
    compression: fast ? 'store' : 'normal',
    electronFuses: fusesFor(plan.floor),
    forceCodeSigning: plan.signed === true && plan.platform !== 'linux',
    // Only so that app-update.yml names a cache folder: the true address comes from policy, the trust from our own keys.
    publish: { provider: 'generic', url: 'https://updates.invalid/' },
    toolsets: { appimage: '1.0.3' },
    linux: {
      target: ['AppImage', 'deb', 'rpm', 'tar.gz'],
      artifactName: `van-thu-\${version}${mark}-\${arch}.\${ext}`,
      executableName: 'van-thu',
      icon: `${plan.work}/icons/linux`,
      category: 'Office',
      synopsis: 'Bàn làm việc của văn thư cơ quan',
      description: 'Nhận, kiểm tra, đăng ký, ký số, phát hành và theo dõi văn bản điện tử.',
      maintainer: process.env.VAN_THU_MAINTAINER ?? 'Văn Thư <van-thu@van-thu.invalid>',
      syncDesktopName: true,
      desktop: { entry: { Name: 'Văn Thư', StartupWMClass: 'van-thu', StartupNotify: 'true' } },
    },
    appImage: { compression: 'zstd' },
    deb: {
      packageName: 'van-thu',
      depends: debDepends,
      recommends: [],
      compression: fast ? 'gz' : 'xz',
      afterInstall: 'build/package/after-install.sh',
      afterRemove: 'build/package/after-remove.sh',
    },
    rpm: {
      packageName: 'van-thu',
      depends: rpmDepends,
      compression: fast ? 'gzip' : 'xz',
      afterInstall: 'build/package/after-install.sh',
      afterRemove: 'build/package/after-remove.sh',
    },
    win: {
      target: [
        { target: 'nsis', arch: ['x64'] },
        { target: 'msi', arch: ['x64'] },
      ],
      executableName: 'van-thu',
      icon: `${plan.work}/icons/icon.ico`,
      artifactName: `van-thu-\${version}${mark}-\${arch}.\${ext}`,
      // The full distinguished name: with the common name alone anybody of that name would do.
      ...(plan.publisher === undefined
        ? {}
        : { signtoolOptions: { publisherName: plan.publisher, signingHashAlgorithms: ['sha256'] } }),
      verifyUpdateCodeSignature: true,
      requestedExecutionLevel: 'asInvoker',
    },
    nsis: {
      guid: windowsGuid,
      oneClick: false,
      perMachine: false,
      // The same installer does both: /allusers or /currentuser, silent with /S.
      selectPerMachineByDefault: false,
      allowElevation: true,
      allowToChangeInstallationDirectory: false,
      // Documents are never thrown away with the program; --delete-app-data asks for it in words.
      deleteAppDataOnUninstall: false,
      include: 'build/package/installer.nsh',
      shortcutName: 'Văn Thư',
      uninstallDisplayName: 'Văn Thư',
      installerLanguages: ['vi_VN', 'en_US'],
      multiLanguageInstaller: true,
      differentialPackage: true,
      artifactName: `van-thu-\${version}${mark}-\${arch}-setup.\${ext}`,
    },
    msi: {
      perMachine: true,
      oneClick: true,
      runAfterFinish: false,
      shortcutName: 'Văn Thư',
      upgradeCode: '5b8e0c57-8a4f-4b67-9b7c-0f9f5d6a7e41',
    },
    mac: {
      target: [
        { target: 'dmg', arch: ['x64', 'arm64'] },
        { target: 'zip', arch: ['x64', 'arm64'] },
      ],
      icon: `${plan.work}/icons/icon.icns`,
      category: 'public.app-category.business',
      artifactName: `van-thu-\${version}${mark}-\${arch}.\${ext}`,
      hardenedRuntime: true,
      gatekeeperAssess: false,
      // Drivers of token makers are signed by them, not by us.
      entitlements: 'build/package/entitlements.mac.plist',
      entitlementsInherit: 'build/package/entitlements.mac.plist',
    },
    dmg: { sign: false, writeUpdateInfo: false },
  };
}
