package io.qilin.security.screening;

import static io.qilin.security.screening.AttackCategory.PATH_TRAVERSAL;

import java.util.List;

/** Paths that leave their folder, and files that no request names in good faith. */
final class PathRules {
  private static final int ALL = Views.SHELL;
  private static final String FILE = "(^|[/\\\\=;:,'\"`(<>|&@])";
  private static final String END = "([\\s/\\\\?#;:,'\"`)<>|&\\x00~.]|$)";

  static final List<Rule> RULES = List.of(
      Rule.of(
          "QS-PATH-01",
          PATH_TRAVERSAL,
          "several steps up, or a step up in disguise",
          "\\.\\.[/\\\\]+\\.\\.[/\\\\]",
          "[/\\\\;]\\.\\.\\.?[/\\\\;]+\\.{2,3}([/\\\\;]|$)",
          "\\.\\.\\.[/\\\\]",
          "\\.{2,3}[/\\\\]+\\.{2,3}[/\\\\]",
          "\\.\\.\\\\",
          "\\\\\\.\\.([/\\\\;]|$)",
          "\\.\\.;/",
          "\\.\\.//",
          "\\.\\./\\\\",
          "^/([\\w.-]*/)*\\.\\.(/|$)",
          "\\.\\.[/\\\\]\\.?(etc|windows|winnt|boot|proc|var|root|home|usr|web-inf|conf|config|admin|passwd|cmd|inetpub|wp-)\\w*",
          "^(/[\\w.@-]*)*/\\.([^w./\\s]|w[^e]|we[^l]|wel[^l])[\\w.-]*(/|$)",
          "0x(2e|5c|2f)[^\\w]*(0x|[./\\\\%])",
          "\\.\\x00",
          "\\.\\.\\x5c",
          "\\.%00",
          "(^|[=\\s])\\.\\.?/\\.\\.?/"),
      Rule.of(
              "QS-PATH-09",
              PATH_TRAVERSAL,
              "a step up inside a path",
              "[\\w-][/\\\\;]\\.{2,3};?[/\\\\]",
              "^[/\\\\]\\.{2,3}([/\\\\;]|$)",
              "^\\.\\.[/\\\\]?$",
              "(^|[=\\s'\"])/\\.\\.[/\\\\]")
          .notInProse(),
      Rule.of("QS-PATH-02", PATH_TRAVERSAL, "a step up", "(^|[/\\\\;=:\\s'\"])\\.{2,3}([/\\\\;]|$)")
          .score(Rule.WARNING)
          .notInProse(),
      Rule.of(
              "QS-PATH-03",
              PATH_TRAVERSAL,
              "files of Unix",
              "/etc/+(\\./+)*[a-z.]",
              "(^|[^\\w])etc/(passwd|shadow|group|hosts|issue|motd|fstab|crontab|ssh|ssl|apache|httpd|nginx|mysql|my\\.cnf|php|profile|resolv|sudoers"
                  + "|init|security|default|os-release|redhat|lsb|environment|exports|network|pam|samba|sysconfig|cron|bash|ld\\.so|mtab|hostname|inetd|services|syslog|rc)",
              "/?\\bproc/+(self|[0-9]+|version|cpuinfo|meminfo|mounts|net|cmdline|sched_debug|config|filesystems|swaps|partitions|stat|sys|devices|ioports|modules|thread-self|loadavg|uptime|kcore|kallsyms)"
                  + END,
              "/var/+(log|mail|www|run|spool|lib|cache|backup|tmp|db|adm|apache|opt|local|webmin|nginx|mysql)[/\\s]?",
              "\\bvar/log/",
              "/+root/",
              "/boot/(grub|vmlinuz|initrd)",
              "/sys/(class|kernel|fs|devices|firmware|module)",
              "/usr/+(local/+)?(etc|lib|share|apache\\d?|sbin|bin)/",
              "/home/[\\w.-]+/\\.(ssh|aws|bash|gnupg|kube|docker|env|git|netrc|my\\.cnf|npmrc|pgpass|config|profile|zsh|vnc|mozilla|password|local/share/keyrings)",
              "/tmp/sess_",
              "/opt/(lampp|xampp|tomcat|apache)",
              "/private/etc/",
              "/(dev)/(tcp|udp|fd|shm|mem|kmem|sda|hda|stdin|stdout|stderr|zero|null|random|urandom|tty)"
                  + END,
              "/library/(logs|webserver|preferences|keychains|launch\\w+|application\\s?support)/",
              "/run/secrets/",
              "/lib/systemd/",
              "/srv/(www|http|ftp)/")
          .also(ALL),
      Rule.of(
          "QS-PATH-04",
          PATH_TRAVERSAL,
          "files of Windows",
          FILE + "(boot|win|system|php|desktop|odbc|sysprep)\\.ini" + END,
          FILE + "(autoexec\\.(bat|nt)|config\\.sys|ntldr|bootmgr)" + END,
          "\\b(type|more|copy)\\s+([a-z]:)?[\\\\/]?[\\w\\\\/]*\\.(ini|log|sys|bat)",
          "[\\\\/](windows|winnt)[\\\\/]+(win\\.ini|system\\.ini|repair|panther|debug|php|my\\.ini|explorer|notepad|temp|tasks|iis)",
          "\\bsystem32[\\\\/]+(config|drivers|inetsrv|logfiles|license|eula|winevt|cmd|calc|tasks|spool|wbem|\\w+\\.(exe|dll|sys|log|xml))\\b",
          "\\binetpub[\\\\/]",
          "\\b[a-z]:[\\\\/]+(boot|inetpub|xampp|wamp|apache|sysprep|recovery|pagefile|ntldr|perflogs|\\$recycle|system\\s+volume|documents\\s+and)",
          "\\b(ntuser\\.dat|ntds\\.dit|sam\\.log|unattend(ed)?\\.xml|sysprep\\.(xml|inf)|pagefile\\.sys|hiberfil\\.sys|applicationhost\\.config|repair[\\\\/]sam|config[\\\\/](sam|system|security|regback))"
              + END,
          "global\\.asax?\\b",
          "\\\\\\\\([0-9.]{7,15}|localhost|[\\w.-]+)\\\\([a-z]\\$|admin\\$|ipc\\$|print\\$|netlogon|sysvol|pipe)\\b",
          "^\\\\\\\\([0-9.]{7,15}|[\\w-]+\\.[\\w.-]+)\\\\[\\w$.-]+",
          "^[\\\\/]{2}[.?][\\\\/]",
          "::\\$(data|index_allocation)"),
      Rule.of(
              "QS-PATH-10",
              PATH_TRAVERSAL,
              "the folder of Windows",
              "[\\\\/:](windows|winnt|win\\d\\d)[\\\\/]",
              "\\bsystem32\\b")
          .score(Rule.WARNING),
      Rule.of(
              "QS-PATH-05",
              PATH_TRAVERSAL,
              "files with settings and secrets of servers and tools",
              FILE
                  + "\\.(cargo|gem|m2|gradle|cursor\\w*|claude\\w*|codex|gemini|openai|windsurf\\w*|copilot|huggingface|aider[\\w.]*|mcp\\.json|continue|ollama|anthropic|cline\\w*|roo\\w*|codeium|tabnine|amazonq|kiro|zed|helm|ansible|chef|vagrant\\.d|pulumi|serverless|vercel|netlify|firebase\\w*|fly|heroku|expo|nuget|jupyter|ipython|rstudio|rprofile|renviron|julia|bundle|rvm|pyenv|nvm|putty|remmina|thunderbird|dropbox|owncloud|nextcloud|wallet|bitcoin|ethereum|electrum|solana|gnome2|kde|iceauthority|pulse-cookie|dbshell|mongorc\\.js|sqliterc|inputrc|screenrc|tmux\\.conf|emacs\\w*|nvim|vim|idlerc|htaccess|htpasswd|htdigest|htgroup|git|gitignore|gitconfig|gitattributes|gitmodules|gitlab-ci\\.yml|svn|hg|hgignore|bzr|cvs|cvsignore|ssh|env|aws|azure|gcloud|kube|docker|dockerignore|dockercfg|dockerenv|npmrc|yarnrc"
                  + "|pypirc|netrc|pgpass|my\\.cnf|mysql_history|psql_history|bash_history|zsh_history|sh_history|history|bashrc|bash_profile|bash_logout|bash_aliases|profile|zshrc|zprofile|zshenv|cshrc|tcshrc|kshrc|vimrc|viminfo|lesshst|rhosts|shosts|forward"
                  + "|fetchmailrc|muttrc|procmailrc|subversion|gnupg|config|mozilla|pki|wget-hsts|wgetrc|curlrc|travis\\.yml|circleci|github|idea|vscode|ds_store|rediscli_history|node_repl_history|python_history|irb_history|sqlite_history"
                  + "|terraform|tfstate|vault-token|xauthority|xinitrc|xsession|boto|s3cfg|composer|eslintrc|babelrc|nano_history|nanorc|nsr|nsconfig|google_authenticator|selected_editor|settings|drush|phpunit|php_cs|anydesk|mc|minikube|password-store|keys|key)"
                  + END,
              FILE + "\\.(env|git|aws|ssh|svn)[.\\w-]*/?\\w*" + END,
              "^(~?/)?\\.[a-vx-z][\\w-]{3,30}/[\\w./-]+$",
              FILE
                  + "(id_rsa|id_dsa|id_ecdsa|id_ed25519|authorized_keys|known_hosts|kubeconfig|privkey\\.pem|server\\.key|private\\.(key|pem)|\\w*_?shadow(\\.bak|-)|local_settings\\.py|claude\\.md|agents\\.md|gemini\\.md|wp-config[\\w-]*(\\.\\w+)*|web-inf|meta-inf|web\\.config|web\\.xml|machine\\.config|app\\.config|php\\.ini|httpd\\.conf|nginx\\.conf|apache2?\\.conf"
                  + "|my\\.cnf|server\\.xml|tomcat-users|catalina\\.(out|policy|properties)|context\\.xml|bootstrap\\.(yml|properties)|settings\\.py|local\\.xml|localsettings\\.php|sftp-config\\.json|config\\.(php|inc|asp)|configuration\\.php"
                  + "|database\\.yml|secrets\\.(yml|json)|credentials\\.(xml|json)|master\\.key|docker-compose[\\w.-]*\\.ya?ml|dockerfile|jenkinsfile|vagrantfile|composer\\.(json|lock|phar)|yarn\\.lock|gemfile|rakefile|gruntfile\\.js|gulpfile\\.js|bower\\.json|npm-debug\\.log|phpinfo\\.php"
                  + "|error_log|access_log|(error|access|ssl_access)[._-]log|auth\\.log|syslog|dump\\.sql|backup\\.sql|terraform\\.tfstate|manage\\.py|install\\.php|ws_ftp\\.(ini|log)|dead\\.letter|sitemanager\\.xml|filezilla\\.xml|winscp\\.ini|recentservers\\.xml|ftpsync\\.settings|default\\.settings\\.php|settings\\.php|parameters\\.yml|credentials\\.db|access_tokens\\.db)"
                  + END,
              "[/\\\\](application|bootstrap)[\\w-]*\\.(yml|yaml|properties)$",
              "[/\\\\](config|package|composer|appsettings|secrets?)[\\w.-]*\\.(json|yml|yaml|xml|ini)$")
          .notInProse(),
      Rule.of(
          "QS-PATH-06",
          PATH_TRAVERSAL,
          "wrappers that read files",
          "\\b(file|php|phar|zip|zlib|bzip2|glob|expect|ogg|rar|ssh2|ssh2\\.\\w+|netdoc|jar|local_file|view-source|compress\\.\\w+)://",
          "\\bjar:(file|http|https|ftp|dict|gopher):",
          "\\bfile:/",
          "\\bphp://(input|filter|memory|temp|fd|stdin)"),
      Rule.of(
              "QS-PATH-07",
              PATH_TRAVERSAL,
              "endings of copies and sources",
              "[\\w-]\\.(bak|backup|old|orig|save|swp|swo|sql|mdb|asa|asax|config|cfg|conf|dbf|dat|inc|ini|key|pem|pfx|p12|jks|log|pwd|licx|lnk|resx|rdb|vbproj|csproj|printer|idq|ida|htr|htw|stm|shtm|cer|axd|java|class|dos|xsx|xsd|pol|sys|webinfo)(~|\\d)?$")
          .paranoia(3)
          .notInProse());

  private PathRules() {}
}
