package io.qilin.security.screening;

import static io.qilin.security.screening.AttackCategory.PATH_TRAVERSAL;

import java.util.List;

/** Paths that leave their folder, and files that no request names in good faith. */
final class PathRules {
  private static final int ALL = Views.SHELL;
  private static final String FILE = "(^|[\\s/\\\\=;:,'\"`(<>|&@])";
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
          "[\\w/]/\\.\\.(/|$)",
          "\\.\\.[/\\\\]\\.?(etc|windows|winnt|boot|proc|var|root|home|usr|web-inf|conf|config|admin|passwd|cmd|inetpub|wp-)\\w*",
          "^(/[\\w.@-]*)*/\\.([^w./\\s]|w[^e]|we[^l]|wel[^l])[\\w.-]*(/|$)",
          "0x(2e|5c|2f)[^\\w]*(0x|[./\\\\%])",
          "\\.\\x00",
          "\\.\\.\\x5c",
          "\\.%00",
          "(^|[=\\s])\\.\\.?/\\.\\.?/"),
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
              "/home/[\\w.-]+/\\.",
              "/tmp/sess_",
              "/opt/(lampp|xampp|tomcat|apache)",
              "/private/etc/",
              "/(dev)/(tcp|udp|fd|shm|mem|kmem|sda|hda|stdin|stdout|stderr|zero|null|random|urandom|tty)"
                  + END,
              "/library/(logs|webserver)/",
              "/run/secrets/",
              "/lib/systemd/",
              "/srv/(www|http|ftp)/")
          .also(ALL),
      Rule.of(
          "QS-PATH-04",
          PATH_TRAVERSAL,
          "files of Windows",
          "\\b(boot|win|system|php|desktop|odbc|sysprep)\\.ini" + END,
          "[\\\\/](windows|winnt)[\\\\/]+(win\\.ini|system\\.ini|repair|panther|debug|php|my\\.ini|explorer|notepad|temp|tasks|iis)",
          "\\bsystem32[\\\\/]+(config|drivers|inetsrv|logfiles|license|eula|winevt|cmd|calc|tasks|spool|wbem|\\w+\\.(exe|dll|sys|log|xml))\\b",
          "\\binetpub[\\\\/]",
          "\\b[a-z]:[\\\\/]+(boot|inetpub|users|program|xampp|apache|documents|sysprep|recovery|pagefile|ntldr)",
          "\\b(ntuser\\.dat|ntds\\.dit|sam\\.log|unattend(ed)?\\.xml|sysprep\\.(xml|inf)|pagefile\\.sys|hiberfil\\.sys|applicationhost\\.config|repair[\\\\/]sam|config[\\\\/](sam|system|security|regback))"
              + END,
          "global\\.asax?\\b",
          "\\\\\\\\[\\w.-]{1,64}\\\\[\\w$.-]{1,64}",
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
                  + "\\.(htaccess|htpasswd|htdigest|htgroup|git|gitignore|gitconfig|gitattributes|gitmodules|gitlab-ci\\.yml|svn|hg|hgignore|bzr|cvs|cvsignore|ssh|env|aws|azure|gcloud|kube|docker|dockerignore|dockercfg|dockerenv|npmrc|yarnrc"
                  + "|pypirc|netrc|pgpass|my\\.cnf|mysql_history|psql_history|bash_history|zsh_history|sh_history|history|bashrc|bash_profile|bash_logout|bash_aliases|profile|zshrc|zprofile|zshenv|cshrc|tcshrc|kshrc|vimrc|viminfo|lesshst|rhosts|shosts|forward"
                  + "|fetchmailrc|muttrc|procmailrc|subversion|gnupg|config|cache|local|mozilla|pki|wget-hsts|wgetrc|curlrc|travis\\.yml|circleci|github|idea|vscode|ds_store|rediscli_history|node_repl_history|python_history|irb_history|sqlite_history"
                  + "|terraform|tfstate|vault-token|xauthority|xinitrc|xsession|boto|s3cfg|composer|eslintrc|babelrc|well-known/security|nano_history|nanorc|nsr|nsconfig|google_authenticator|selected_editor|settings|drush|phpunit|php_cs|anydesk|mc|minikube|password-store|keys|key)"
                  + END,
              FILE + "\\.(env|git|aws|ssh|svn)[.\\w-]*/?\\w*" + END,
              "\\b(id_rsa|id_dsa|id_ecdsa|id_ed25519|authorized_keys|known_hosts|wp-config|web-inf|meta-inf|web\\.config|web\\.xml|machine\\.config|app\\.config|php\\.ini|httpd\\.conf|nginx\\.conf|apache2?\\.conf"
                  + "|my\\.cnf|server\\.xml|tomcat-users|catalina\\.(out|policy|properties)|context\\.xml|application\\.(yml|yaml|properties)|bootstrap\\.(yml|properties)|settings\\.py|local\\.xml|localsettings\\.php|sftp-config\\.json|config\\.(php|inc|json|yml|yaml|xml|asp|ini)|configuration\\.php"
                  + "|database\\.yml|secrets\\.(yml|json)|credentials\\.(xml|json)|master\\.key|docker-compose[\\w.-]*\\.ya?ml|dockerfile|jenkinsfile|vagrantfile|composer\\.(json|lock|phar)|package(-lock)?\\.json|yarn\\.lock|gemfile|rakefile|gruntfile\\.js|gulpfile\\.js|bower\\.json|npm-debug\\.log|phpinfo\\.php"
                  + "|error_log|access_log|(error|access|ssl_access)[._-]log|auth\\.log|syslog|dump\\.sql|backup\\.(sql|zip|tar)|terraform\\.tfstate|manage\\.py|changelog\\.md|install\\.php|ws_ftp\\.(ini|log)|dead\\.letter|sitemanager\\.xml|filezilla\\.xml|winscp\\.ini|recentservers\\.xml|ftpsync\\.settings|default\\.settings\\.php|settings\\.php|parameters\\.yml|credentials\\.db|access_tokens\\.db)"
                  + END)
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
