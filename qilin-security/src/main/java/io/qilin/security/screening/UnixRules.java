package io.qilin.security.screening;

import static io.qilin.security.screening.AttackCategory.COMMAND_INJECTION;

import java.util.List;

/** What a shell of Unix would run. A name of a command counts where a command can begin, with what belongs behind it. */
final class UnixRules {
  private static final int ALL = Views.SHELL;

  /** Where a command begins inside a text. */
  private static final String BEGIN =
      "([;&|`\\n\\r{}]|\\$\\(|\\(\\(|<\\(|>\\(|\\|\\||&&|=\\s*`|\\b(then|do|else|sudo|nohup|exec|time|xargs|eval|busybox|nice|env|watch|command|builtin|setsid|timeout\\s+\\S+)\\s)"
          + "(\\s|[({!'\"`]|\\$\\w*\\s|[\\w]+=\\S*\\s)*";

  /** Behind a short name: an argument that prose would not have, or the end of the command. */
  private static final String SHORT_END =
      "(\\s*[;|&`<>)\\n\\r}]|\\s+(-{1,2}[a-z0-9]|\\.{0,2}/|~|\\.\\w|[$]\\w|[*]|\\\\|['\"]|\\w+[./]\\w)|\\s*$)";

  /** Behind a word of prose: what can only be an argument. */
  private static final String PROSE_END =
      "(\\s*[;|`]\\s*[a-z/.]+\\s|\\s+(-{1,2}[a-z]|\\.{0,2}/|~/|\\.\\w|[$]\\w|\\S*/\\w))";

  private static final String END = "(\\s*[;|&`<>)\\n\\r}]|\\s+[\\w\\-/~$*.'\"\\\\]|\\s*$)";

  static final String SHORT =
      "(cd|ls|id|cat|pwd|ps|wc|nl|od|xxd|cp|mv|rm|ln|df|du|dd|w|tac|awk|gawk|sed|tr|env|arp|ip|nc|sh|ash|csh|ksh|zsh|vi|vim|ar|bc|cc|gcc|ld|tee|git|svn|hg|ftp|ssh|scp|rsh|tar|zip|gdb|php|pip|gem|npm|lua|apt|yum|dnf|rpm|jq|m4|nm|mpg|xz|irb|jjs|eqn|dig|get|psql|fc|fg|bg|mount|uname|vdir|ping|echo|printf)";

  /** Commands that are words of prose, too. */
  private static final String PROSE =
      "(exec|eval|axel|ruby[0-9.]*|cut|at|as|ed|ex|su|man|who|let|set|test|type|view|date|time|last|file|find|more|less|head|tail|sort|fold|dir|join|look|mail|make|kill|free|host|read|wall|write|nice|install|script|stat|split|go|top|pry|sar|jobs|links|fetch|fish|timeout|touch|source|service|export|route|finger|strings|expect|screen|snap|column|comm|paste|expand|unexpand|patch|watch|which|dialog|cancel|crash|extract|highlight|socket|alpine|bundle|joe|heroku|vault|consul|nomad|packer|fab|gimp|tree|java|aws|wish|init|halt|shutdown|reboot|unlink|shred|truncate|sleep|alias|puppet|julia|octave|latex|pandoc|logger|node|ranger|possum|genie|facter|volatility|terraform|docker|composer|uniq|lp|rev|tic|mtr|pr|wg|sg|uv|bun|az|gh|hd|run-parts|codex|up2date|fmt|cpp|sash|perf|choom|helm|unset|multitime|restic)";

  static final String LONG =
      "(whoami|aa-exec|agetty|ansible-\\w+|ansible|apache2(ctl)?|arj|ascii-xfr|ascii85|aspell|basez|batcat|bridge|bundler?|byobu|cdist|check_\\w+|chef-\\w+|clamscan|clisp|cpan|cpulimit|cscli|csvtool|debugfs|distcc|dmidecode|dmsetup|dnsmasq|dos2unix|dotnet|dstat|dvips|easyrsa|efax|elvish|enscript|exiftool|fdisk|ffmpeg|fping|ginsh|git-\\w+|gnuplot|grc|groff|gsettings|gtar|hping|hyperfine|iftop|ispell|javac|journalctl|jtag|latexmk|ldconfig|less(echo|file|key|pipe)?|loginctl|lsattr|minicom|mosquitto\\w*|msfconsole|mypy|nasm|ncdu|neofetch|newgrp|nginx|npx|ntpdate|openvpn|opkg|pax|pdb|perlbug|pexec|pidfile|pkg|podman|posh|qemu\\S*|rake|readelf|rmt-\\w+|rpmdb|rsyslogd|rtorrent|runc|runuser|rustc|cargo|scanmem|setlock|smbmap|softlimit|sshd|sshfs|sshpass|ss|ssmtp|sulogin|systemd-\\w+|tailf|tdbtool|texindex|timedatectl|torsocks|tsc|unrar|unsquashfs|urlget|useradd|uvx|valgrind|w3m|xdotool|xz\\w*|yarn|yash|zathura|zip\\w*|z(diff|cmp|egrep|fgrep|run|ip)|zstd\\w*|deno|pnpm|tsx|kubeadm|minikube|crictl|ctr|nerdctl|buildah|skopeo|gcloud|gsutil|doctl|flyctl|openstack|salt\\S*|nslookup|whois|wipefs|mkfs\\S*|swapoff|swapon|umount|losetup|parted|blkid|hdparm|smartctl|lvm|vgs|pvs|ethtool|nmcli|ufw|firewall-cmd|setenforce|getenforce|semanage|auditctl|ausearch|chage|chpasswd|vncserver|xhost|xauth|xset|startx|wget|curl|ncat|netcat|netstat|telnet|ifconfig|hostname|traceroute|tracepath|bash|dash|tcsh|rbash|python[23]?(\\.\\d+)?|perl[56]?|nodejs|php[578]|lwp-request|lwp-download|lynx|elinks|aria2c?|tftp|sftp|ncftp|socat|chmod|chown|chgrp|chattr|chroot|chsh|passwd|userdel|usermod|adduser|groupadd|visudo|sudo|doas|mkdir|rmdir|mktemp|mkfifo|mknod|readlink|realpath|basename|dirname|printenv|unalias|nohup|xargs|usleep|crontab|systemctl|dmesg|lsof|lsblk|lscpu|lspci|lsusb|lsmod|insmod|modprobe|rmmod|pgrep|pkill|killall|pidof|pstree|htop|uptime|getent|getfacl|setfacl|getcap|setcap|iptables|nft|tcpdump|tshark|nmap|masscan|hping3|sqlmap|base32|base64|uudecode|uuencode|hexdump|md5sum|sha1sum|sha256sum|openssl|gpg|ssh-keygen|ssh-keyscan|gzip|gunzip|zcat|zless|zmore|zgrep|bzip2|bunzip2|bzcat|xzcat|lzma|unzip|7z[ar]?|cpio|rsync|egrep|fgrep|grep|rgrep|mawk|nawk|busybox|toybox|tmux|strace|ltrace|ptrace|apt-get|aptitude|dpkg|pacman|zypper|emerge|flatpak|pip[23]|easy_install|kubectl|nsenter|unshare|vagrant|virsh|mysql|mysqldump|mysqladmin|pg_dump|sqlite3|mongo|redis-cli|ldapsearch|smbclient|rpcclient|sendmail|mailx|mutt|poweroff|telinit|nano|emacs|pico|vimdiff|rview|rvim|iconv|diff3?|sdiff|cmp|cmake|clang|tclsh|rlwrap|rlogin|csplit|logsave|setarch|start-stop-daemon|stdbuf|sysctl|systemd-resolve|taskset|torify|proxychains|tput|whereis|whiptail|xmodmap|xterm|xdg-open|yelp|run-mailcap|pkexec|dosbox|ghc|gtester|jrunscript|jshell|ksshell|pdflatex|xelatex|lualatex|lftp|msgcat|msgconv|msgfilter|msgmerge|msguniq|nroff|troff|pidstat|rpmquery|rpmverify|scrot|slsh|soelim|sqlplus|ssh-agent|tbl|tmate|update-alternatives|varnishncsa|zsoelim|gensalt|ionice|cowsay|cowthink|cupsfilter|capsh|check_by_ssh|byebug|certbot|cobc|lastlog|lastcomm|lscgroup|ld\\.so|pftp|psftp|redcarpet|tasksh|uncompress|vipw|vigr|xpad|envsubst|dnsdomainname|domainname|ypdomainname|gcore|sched_debug|ip6tables|arping|wireshark|wpa_supplicant|iwconfig|addgroup|deluser|groupmod|dhclient|hostnamectl|hostid|brctl|busctl|bsdtar|bzdiff|lz4|lzcat|lshw|lsinitrd|logrotate|logname|lsb_release|mlocate|nping|ping6|tcping|tcptraceroute|traceroute6|nstat|netplan|openvt|pdksh|pigz|pkginfo|ranlib|renice|rmuser|rnano|setsid|shuf|stty|unlzma|unxz|xetex|xmore|gzcat|gzexe|genisoimage|grub-install|grub-mkconfig|ifdown|ifup|jexec|msgattrib|mocp|ulimit|psed|rexec|fuser|flock|esac|ghci|htdigest|bpftrace|systemd-run|machinectl|k3s)";

  static final List<Rule> RULES = List.of(
      Rule.of(
              "QS-SH-01",
              COMMAND_INJECTION,
              "a command behind a separator",
              BEGIN + LONG + END,
              BEGIN + "(\\.{0,2}|~)/[\\w.*?\\[\\]-]+",
              BEGIN + SHORT + SHORT_END,
              BEGIN + PROSE + PROSE_END)
          .only(Views.PLAIN | ALL),
      Rule.of(
              "QS-SH-02",
              COMMAND_INJECTION,
              "a whole text that is a command",
              "^\\s*(sudo\\s+|nohup\\s+|exec\\s+|time\\s+|\\w+=\\S*\\s+|busybox\\s+|env\\s+|timeout\\s+\\S+\\s+)*"
                  + LONG
                  + "(\\.exe)?\\s+(-{1,2}[a-z0-9]|/|~/|\\./|https?:|\\$|\\S*\\*|\\S*[|&;<>]|[0-9]{1,3}\\.[0-9])",
              "^\\s*(sudo\\s+|nohup\\s+|exec\\s+|time\\s+|\\w+=\\S*\\s+|busybox\\s+|env\\s+|timeout\\s+\\S+\\s+)*"
                  + "(" + SHORT + "|" + PROSE
                  + ")\\s+(-[a-z]{1,12}(\\s|$)|/\\w|~/|\\./|\\S*\\*|\\$\\w|\\S+\\s*[|&;>]\\s*\\S)",
              "^\\s*(time\\s+)?['\"]?" + LONG + "['\"]?(\\s+[\\w.:@=-]+){1,4}\\s*$",
              "^\\s*(ansible|chef|rmt|systemd|check|git|apt|docker)-[a-z]+\\s*$",
              "^\\s*time\\s+" + LONG + "\\s*$",
              "^\\s*(whoami|ifconfig|netstat|printenv|uname\\s+-a|lsb_release|hostname|ps\\s+aux|cat\\s+\\S+\\.(conf|php|log|ini|env|key))\\s*$",
              "^\\s*(wget|curl|lynx|python[23]?|perl|ruby|php|bash|sh|nc|ncat|telnet|ssh|nslookup|dig|ping|tftp|ftp)\\s+[\\w.-]+\\.[a-z0-9]{1,6}\\b",
              "^\\s*(sh|bash|ksh|zsh|dash|python[23]?|perl|ruby|php|node)\\s+-[a-z]*[cer]\\b")
          .only(Views.PLAIN | ALL)
          .notInProse(),
      Rule.of(
              "QS-SH-11",
              COMMAND_INJECTION,
              "any program behind a separator, with options",
              "[;|`]\\s*['\"]?[a-z][\\w.-]{1,20}['\"]?\\s+--?[a-z]",
              "[;|`]\\s?(who|last|date|env|set|top|jobs|time)\\s*$",
              "[;|&`]\\s*(sh|bash|zsh)\\$\\w+\\s+-c")
          .only(Views.PLAIN | ALL)
          .notInProse(),
      Rule.of(
              "QS-SH-03",
              COMMAND_INJECTION,
              "programs of Unix by their path",
              "(^|[^\\w.])/?(usr/+(local/+)?)?s?bin/+[a-z\\[?*]",
              "/dev/(tcp|udp)/",
              "\\bdev/(tcp|udp|fd|null|zero|shm|mem|stdin|stdout|stderr)([^\\w]|$)",
              "/b?\\?+n/",
              "/usr/(local/)?s?bin",
              "\\b(bash|sh|zsh|ksh|csh|dash|python[23]?|perl|ruby|php|lua|node)\\s+-[icr]+\\s",
              "\\b(nc|ncat|netcat)\\s+(-\\w+\\s+)*(-e|-c|-l|[0-9.]+\\s+[0-9]+)",
              "\\brm\\s+-[rf]{1,2}\\b",
              "\\bchmod\\s+([0-7]{3,4}|[ugoa]*[+-][rwxs]+)\\s",
              "\\b(wget|curl)\\s+(-\\w+\\s+)*['\"]?(https?|ftp)://",
              "\\b(uname\\s+-[a-z]+|cat\\s+/|ls\\s+-[a-z]+|ps\\s+-?(aux|ef)|id\\s*;|kill\\s+-9|echo\\s+\\$\\w+|echo\\s+-[ne]+\\s)",
              "\\bbase64\\s+(-d|--decode)",
              "2>&1",
              ">\\s*/(dev|tmp|var|etc)/",
              "\\|\\s*(sh|bash|zsh|dash|python[23]?|perl|ruby|php|base64|xxd|tee|xargs|nc|sudo)\\b\\s*(-|$|[;&|])",
              "\\.(bashrc|bash_profile|bash_history|zshrc|cshrc)\\b",
              "\\bexport\\s+\\w+=",
              "\\bsystem\\s*\\(\\s*['\"`$]")
          .also(ALL),
      Rule.of(
          "QS-SH-04",
          COMMAND_INJECTION,
          "an expression that a shell replaces",
          "\\$\\(\\s*[a-z/.~<(){$`'\"\\\\]",
          "\\$\\(\\(",
          "\\$\\{\\s*(path|home|ifs|pwd|shell|user|env|oldpwd|hostname|ps[1-4]|term|lang|random|seconds|ppid|uid|euid|bash\\w*|logname|mail|cmd|sh|0|_|@|\\*|#)\\b",
          "\\$\\{[!#]?\\w*\\s*(\\[|#|%|:|/|\\^|,|@|!|-|\\+|\\?|=)",
          "\\$\\[",
          "\\$ifs\\b",
          "\\$(home|path|shell|pwd|oldpwd|user|hostname|bash\\w*)\\b",
          "[<>]\\(\\s*(tee|cat|curl|wget|bash|sh|nc|id|ls|echo|grep|sort|printf)\\b",
          "/[\\w]*\\[[!^a-z0-9/-]{1,8}\\]\\w*",
          "/[a-z]*\\?+[a-z?*]*/[a-z?*]+\\?",
          "/\\?+[a-z?*]*/",
          "/[a-z]+\\*[a-z?*]*/[a-z?*]",
          "`[^`]*\\b(id|ls|cat|whoami|uname|pwd|sleep|curl|wget|nc|echo|ping|ps)\\b[^`]*`",
          "\\{[\\w]{0,8},-[\\w-]*\\}",
          "\\$'(\\\\x[0-9a-f]{2}|\\\\[0-7]{2,3}|\\w)",
          "\\{(cat|ls|curl|wget|id|echo|nc|ping|rm|cp|sh|bash|head|tail|[a-z]{2,8})(,[-/.\\w~]+)+,?\\}",
          "\\$\\{[^}]*\\$",
          "<<<\\s*\\S"),
      Rule.of(
          "QS-SH-05",
          COMMAND_INJECTION,
          "functions in variables (Shellshock)",
          "(^|[=:\"'\\s])\\(\\s*\\)\\s*\\{\\s*(:|_|\\w+;|$)",
          "^\\s*\\(\\s*\\)\\s*\\{"),
      Rule.of(
          "QS-SH-06",
          COMMAND_INJECTION,
          "short forms of shells",
          "\\balias\\s+([-+][\\w+-]*\\s+)*['\"]?[\\w.+-]+['\"]?=",
          "^\\s*\\\\" + SHORT + "\\b",
          "^\\s*\\\\" + LONG + "\\b",
          "^\\s*" + LONG + "\\s*[;|`]\\s*\\S",
          "^\\s*" + SHORT + "\\s*[;|`]\\s*[a-z/.$]",
          "^\\s*" + PROSE + "\\s*[;|`]\\s*[a-z/.$]",
          "^\\s*~[+-][0-9]*\\s*$",
          "^\\s*~[0-9]+\\s*$",
          "!-[0-9]",
          "^\\s*!![\\w:]*",
          "[;&|`]\\s*!(!|[0-9]|\\w+:)",
          "\\bhash\\s+-p\\s",
          "\\bcommand\\s+-v\\s",
          "\\benv\\s+-\\w\\s",
          "\\btrap\\s+['\"][^'\"]+['\"]\\s+(exit|[0-9])",
          "\\bfunction\\s+\\w+\\s*\\(\\)\\s*\\{[^}]*;\\s*\\}",
          "\\bsource\\s+[/~.]",
          "\\b(declare|typeset)\\s+-[a-z]+\\s",
          "\\bfor\\s+\\w+\\s+in\\s[^;]*;\\s*do\\b",
          "\\bwhile\\s[^;]*;\\s*do\\b",
          "\\bif\\s+\\[[^\\]]*\\]\\s*;\\s*then\\b"),
      Rule.of(
              "QS-SH-07",
              COMMAND_INJECTION,
              "words split by quotation marks",
              "\\b[a-z]{1,6}(''|\"\")[a-z]{1,6}\\b",
              "\\b[a-z]('[a-z]'[a-z]|\"[a-z]\"[a-z])",
              "\\b[a-z]\\\\[a-z](\\\\[a-z]|[a-z]\\s)",
              "\\b[a-z]{1,5}\\$(@|\\*|[0-9]|\\{@\\}|\\{\\w{1,3}\\}|u)[a-z]",
              "\\b[a-z]{1,5}``[a-z]",
              "\\b[a-z]{1,4}\\$\\(\\)[a-z]")
          .only(Views.PLAIN)
          .notInProse(),
      Rule.of(
              "QS-SH-08",
              COMMAND_INJECTION,
              "a name of a command",
              "\\b" + LONG + "\\s+[-/.$]",
              "^\\s*" + SHORT + "\\s*$",
              "[;&|`\\n]\\s*\\w+\\s")
          .paranoia(2)
          .notInProse(),
      Rule.of(
              "QS-SH-09",
              COMMAND_INJECTION,
              "commands to a mail server",
              "[\\r\\n]\\s*(ehlo|helo|mail\\s+from:|rcpt\\s+to:|vrfy|expn|auth\\s+(login|plain)|data[\\r\\n]|starttls|rset|quit|stat|retr\\s+[0-9]|dele\\s+[0-9]|list\\b|noop|uidl|apop|a[0-9]+\\s+\\w+|\\w+\\s+(select|fetch|store|login|append|copy)\\s)")
          .paranoia(2),
      Rule.of(
              "QS-SH-10",
              COMMAND_INJECTION,
              "signs of a shell",
              "[`;|&]\\s*\\w",
              "\\$\\w",
              "\\.\\./")
          .paranoia(3)
          .notInProse());

  private UnixRules() {}
}
