package io.qilin.security.screening;

import static io.qilin.security.screening.AttackCategory.COMMAND_INJECTION;

import java.util.List;

/** What a shell of Unix would run. A name of a command counts where a command can begin, with what belongs behind it. */
final class UnixRules {
  private static final int ALL = Views.SHELL;

  /** Where a command begins inside a text. */
  private static final String BEGIN =
      "([;&|\\n\\r]|\\{\\s+|\\$\\(|\\(\\(|<\\(|>\\(|\\|\\||&&|=\\s*`|[^\\s(\\[,\"*|`\\w]`|^`|[;&|\\n]\\s*(then|do|else|elif|if|while|until|coproc|!)\\s"
          + "|(^|[;&|\\n(])\\s*(sudo|nohup|exec|time|xargs|eval|busybox|nice|env|watch|command|builtin|setsid|coproc|timeout\\s+\\S+)\\s"
          + "|\\b(sudo|nohup|xargs|busybox|setsid)\\s)"
          + "(\\s|[({!'\"]|\\$\\w*\\s|[\\w]+=\\S*\\s)*";

  /** The very beginning of a text that a separator opens: no sentence begins so. */
  private static final String OPENED = "^['\"\\s)]*([;&]+\\s*|[;&|]*\\|)";

  /** A separator without a blank on either side, as people do not set it. */
  private static final String TIGHT = "[^\\s;|][;|`\\n]";

  /** Where a name ends, whatever follows. */
  private static final String CUT = "([\\s;|&<>`)]|$)";

  /** Behind a short name: an argument that prose would not have, or the end of the command. */
  private static final String SHORT_END =
      "(\\s*[;|&`<>)\\n\\r}]|\\s+(-{1,2}[a-z0-9]|\\.{0,2}/|~|\\.\\w|[$]\\w|[*]|\\\\|['\"]|\\w+[./]\\w)|\\s*$)";

  /** Behind a word of prose: what can only be an argument. */
  private static final String PROSE_END =
      "(\\s*;\\s*[a-z/.]+\\s+[-/]|\\s+(-{1,2}[a-z]|\\.{0,2}/|~/|\\.\\w|[$]\\w|\\S*/\\w))";

  private static final String END = "(\\s*[;|&`<>)\\n\\r}]|\\s+[\\w\\-/~$*.'\"\\\\]|\\s*$)";

  static final String SHORT =
      "(cd|ls|id|cat|pwd|ps|wc|nl|od|xxd|cp|mv|rm|ln|df|du|dd|w|tac|awk|gawk|sed|tr|env|arp|ip|nc|sh|ash|csh|ksh|zsh|vi|vim|ar|bc|cc|gcc|ld|tee|git|svn|hg|ftp|ssh|scp|rsh|tar|zip|gdb|php|pip|gem|npm|lua|apt|yum|dnf|rpm|jq|m4|nm|mpg|xz|irb|jjs|eqn|dig|psql|fc|fg|bg|mount|uname|vdir|ping|echo|printf)";

  /** Commands that are words of prose, too. */
  private static final String PROSE =
      "(exec|eval|axel|ruby[0-9.]*|cut|at|as|ed|ex|su|man|who|let|set|test|type|view|date|time|last|file|find|more|less|head|tail|sort|fold|dir|join|look|mail|make|kill|free|host|read|wall|write|nice|install|script|stat|split|go|top|pry|sar|jobs|links|fetch|fish|timeout|touch|source|service|export|route|finger|strings|expect|screen|snap|column|comm|paste|expand|unexpand|patch|watch|which|dialog|cancel|crash|extract|highlight|socket|alpine|bundle|joe|heroku|vault|consul|nomad|packer|fab|gimp|tree|java|aws|wish|init|halt|shutdown|reboot|unlink|shred|truncate|sleep|alias|puppet|julia|octave|latex|pandoc|logger|node|ranger|possum|genie|facter|volatility|terraform|docker|composer|uniq|lp|rev|tic|mtr|pr|wg|sg|uv|bun|az|gh|hd|run-parts|codex|up2date|fmt|cpp|sash|perf|choom|helm|unset|multitime|restic|bridge|bundler|posh|rake|yarn|cargo|pico|nano|pax|salt|emacs|elvish|head|groups|users|history|umask|locate|yes|test|trap|true|false|info|printf|basename)";

  /** Programs of which people write sentences. */
  private static final String KNOWN =
      "ansible|apache2(ctl)?|aspell|byobu|dotnet|exiftool|ffmpeg|gnuplot|ispell|javac|journalctl|neofetch|nginx|openvpn|podman|ss|valgrind|deno|pnpm|minikube|gcloud|nslookup|whois|xset|wget|curl|netcat|netstat|telnet|hostname|traceroute|bash|dash|python[23]?(\\.\\d+)?|perl[56]?|nodejs|php[578]|lynx|passwd|sudo|mkdir|nohup|crontab|systemctl|uptime|iptables|tcpdump|nmap|base32|base64|openssl|gzip|bzip2|unzip|rsync|egrep|fgrep|grep|busybox|tmux|strace|dpkg|pacman|flatpak|kubectl|vagrant|mysql|sqlite3|mongo|sendmail|poweroff|cmake|clang|xterm|cowsay|certbot|wireshark";

  /** Programs whose names are in no sentence. */
  private static final String RARE =
      "python[23](\\.[0-9]+)?|whoami|aa-exec|agetty|ansible-\\w+|arj|ascii-xfr|ascii85|basez|batcat|cdist|check_(by_ssh|cups|log|memory|raid|ssl_cert|statusfile)|chef-\\w+|clamscan|clisp|cpan|cpulimit|cscli|csvtool|debugfs|distcc|dmidecode|dmsetup|dnsmasq|dos2unix|dstat|dvips|easyrsa|efax|enscript|fdisk|fping|ginsh|git-\\w+|grc|groff|gsettings|gtar|hping|hyperfine|iftop|jtag|latexmk|ldconfig|less(echo|file|key|pipe)|loginctl|lsattr|minicom|mosquitto\\w*|msfconsole|mypy|nasm|ncdu|newgrp|npx|ntpdate|opkg|pdb|perlbug|pexec|pidfile|pkg|qemu\\S*|readelf|rmt-\\w+|rpmdb|rsyslogd|rtorrent|runc|runuser|rustc|scanmem|setlock|smbmap|softlimit|sshd|sshfs|sshpass|ssmtp|sulogin|systemd-\\w+|tailf|tdbtool|texindex|timedatectl|torsocks|tsc|unrar|unsquashfs|urlget|useradd|uvx|w3m|xdotool|xz(cat|cmp|diff|e?grep|fgrep|less|more|dec)?|yash|zathura|zip(note|cloak|info|split|grep)|z(diff|cmp|egrep|fgrep|run|ip)|zstd(cat|grep|less|mt)?|tsx|kubeadm|crictl|ctr|nerdctl|buildah|skopeo|gsutil|doctl|flyctl|openstack|wipefs|mkfs\\S*|swapoff|swapon|umount|losetup|parted|blkid|hdparm|smartctl|lvm|vgs|pvs|ethtool|nmcli|ufw|firewall-cmd|setenforce|getenforce|semanage|auditctl|ausearch|chage|chpasswd|vncserver|xhost|xauth|startx|ncat|ifconfig|tracepath|tcsh|rbash|lwp-request|lwp-download|elinks|aria2c?|tftp|sftp|ncftp|socat|chmod|chown|chgrp|chattr|chroot|chsh|userdel|usermod|adduser|groupadd|visudo|doas|rmdir|mktemp|mkfifo|mknod|readlink|realpath|basename|dirname|printenv|unalias|xargs|usleep|dmesg|lsof|lsblk|lscpu|lspci|lsusb|lsmod|insmod|modprobe|rmmod|pgrep|pkill|killall|pidof|pstree|htop|getent|getfacl|setfacl|getcap|setcap|nft|tshark|masscan|hping3|sqlmap|uudecode|uuencode|hexdump|md5sum|sha1sum|sha256sum|gpg|ssh-keygen|ssh-keyscan|gunzip|zcat|zless|zmore|zgrep|bunzip2|bzcat|xzcat|lzma|7z[ar]?|cpio|rgrep|mawk|nawk|toybox|ltrace|ptrace|apt-get|aptitude|zypper|emerge|pip[23]|easy_install|nsenter|unshare|virsh|mysqldump|mysqladmin|pg_dump|redis-cli|ldapsearch|smbclient|rpcclient|mailx|mutt|telinit|vimdiff|rview|rvim|iconv|diff3?|sdiff|cmp|tclsh|rlwrap|rlogin|csplit|logsave|setarch|start-stop-daemon|stdbuf|sysctl|systemd-resolve|taskset|torify|proxychains|tput|whereis|whiptail|xmodmap|xdg-open|yelp|run-mailcap|pkexec|dosbox|ghc|gtester|jrunscript|jshell|ksshell|pdflatex|xelatex|lualatex|lftp|msgcat|msgconv|msgfilter|msgmerge|msguniq|nroff|troff|pidstat|rpmquery|rpmverify|scrot|slsh|soelim|sqlplus|ssh-agent|tbl|tmate|update-alternatives|varnishncsa|zsoelim|gensalt|ionice|cowthink|cupsfilter|capsh|check_by_ssh|byebug|cobc|lastlog|lastcomm|lscgroup|ld\\.so|pftp|psftp|redcarpet|tasksh|uncompress|vipw|vigr|xpad|envsubst|dnsdomainname|domainname|ypdomainname|gcore|sched_debug|ip6tables|arping|wpa_supplicant|iwconfig|addgroup|deluser|groupmod|dhclient|hostnamectl|hostid|brctl|busctl|bsdtar|bzdiff|lz4|lzcat|lshw|lsinitrd|logrotate|logname|lsb_release|mlocate|nping|ping6|tcping|tcptraceroute|traceroute6|nstat|netplan|openvt|pdksh|pigz|pkginfo|ranlib|renice|rmuser|rnano|setsid|shuf|stty|unlzma|unxz|xetex|xmore|gzcat|gzexe|genisoimage|grub-install|grub-mkconfig|ifdown|ifup|jexec|msgattrib|mocp|ulimit|psed|rexec|fuser|flock|esac|ghci|htdigest|bpftrace|systemd-run|machinectl|k3s";

  static final String LONG = "(" + KNOWN + "|" + RARE + ")";

  static final List<Rule> RULES = List.of(
      Rule.of(
              "QS-SH-01",
              COMMAND_INJECTION,
              "a command behind a separator",
              BEGIN + LONG + END,
              BEGIN + "(\\.{0,2}|~)/[\\w.*?\\[\\]-]+",
              BEGIN + SHORT + SHORT_END,
              BEGIN + PROSE + PROSE_END,
              OPENED + "(" + SHORT + "|" + PROSE + ")" + CUT,
              OPENED + "(\\.|\\[|!|\\$\\w+|[a-z]\\w*=\\S*[;\\s])\\s*\\S",
              TIGHT + SHORT + "\\s+[\\w./$*~@:-]+",
              "^(\\S*[^\\s\\w;|.,)][;|`\\n]" + PROSE + CUT + "|[\\w.:/@%-]+['\")]*[;|`\\n]" + PROSE
                  + "\\s+[\\w./$*~@:-]+\\s*$)")
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
                  + ")\\s+(--?[a-z][a-z-]*(\\s+[\\w/.]|=|$)|/[\\w.-]+[/.]\\w|/\\w+\\s*$|~/|\\./|\\S*\\*|\\$\\w|\\S*[/.]\\S*\\s*[|&;>]\\s*\\S)",
              "^\\s*['\"]?" + LONG
                  + "['\"]?(\\s*[;|`]\\s*\\S|(\\s+[\\w.:@=-]*[.:@=0-9-][\\w.:@=-]*){1,4}\\s*$|(\\s+[\\w.:@=/-]+){0,3}\\s+-[a-z]+\\s+\\S)",
              "^\\s*\\\\" + LONG + "\\b",
              "^\\s*(time\\s+)?['\"]?(" + RARE + ")['\"]?(\\s+[\\w.:@=-]+){0,3}\\s*$",
              "^\\s*time\\s+['\"]?" + LONG + "['\"]?\\s*(\\s[\\w.:@=-]+\\s*)?$",
              "^\\s*(ansible|chef|rmt|systemd|check|git|apt|docker)-[a-z]+\\s*$",
              "^\\s*(whoami|ifconfig|netstat|printenv|uname\\s+-a|lsb_release|hostname|ps\\s+aux|cat\\s+\\S+\\.(conf|php|log|ini|env|key))\\s*$",
              "^\\s*(wget|curl|lynx|python[23]?|perl|ruby|php|bash|sh|nc|ncat|telnet|ssh|nslookup|dig|tftp|ftp)\\s+[\\w.-]+\\.[a-z0-9]{1,6}\\b",
              "^\\s*(sh|bash|ksh|zsh|dash|python[23]?|perl|ruby|php|node)\\s+-[a-z]*[cer]\\b")
          .only(Views.PLAIN | ALL)
          .notInProse(),
      Rule.of(
              "QS-SH-11",
              COMMAND_INJECTION,
              "any program behind a separator, with options",
              "[;|]\\s*['\"]?[a-z][\\w.-]{1,20}['\"]?\\s+--?[a-z]",
              "[^\\s(\\[,\"*|`\\w]`[a-z][\\w.-]{1,20}\\s+--?[a-z]",
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
              "\\brm\\s+-[rf]{1,2}\\s+[/.~*$\\w-]*[/.~*$]",
              "\\bchmod\\s+([0-7]{3,4}|[ugoa]*[+-][rwxs]+)\\s",
              "\\b(wget|curl)\\s+(-\\w+\\s+)*['\"]?(https?|ftp)://",
              "\\b(uname\\s+-[a-z]+|cat\\s+/|ls\\s+-[a-z]+|ps\\s+-?(aux|ef)|kill\\s+-9\\s+[0-9$-]|echo\\s+\\$\\w+|echo\\s+-[ne]+\\s)",
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
          "\\$\\{\\s*(path|home|ifs|pwd|shell|oldpwd|hostname|ps[1-4]|random|ppid|euid|bash\\w*|logname|0|_)\\s*[}:#%/,^@]",
          "\\$\\{(user|env|term|lang|seconds|uid|mail|cmd|sh)\\}",
          "\\$\\{[@*#][}:#%/]",
          "\\$\\{[!#]?\\w*\\s*(\\[|#|%|:|/|\\^|,|@|!|-|\\+|\\?|=)",
          "\\$\\[",
          "\\$ifs\\b",
          "\\$(path|shell|pwd|oldpwd|hostname|bash\\w*|home|user)([/:;|&`}]|\\s*$|\\s+-c\\b)",
          "[<>]\\(\\s*(tee|cat|curl|wget|bash|sh|nc|id|ls|echo|grep|sort|printf)\\b",
          "/[\\w]*\\[[!^a-z0-9/-]{1,8}\\]\\w*",
          "/[a-z]*\\?+[a-z?*]*/[a-z?*]+\\?",
          "/\\?+[a-z?*]*/",
          "/[a-z]+\\*[a-z?*]*/[a-z?*]",
          "[^\\s(\\[,\"*|`\\w]`([^`]*[^\\w`])?(id|ls|cat|whoami|uname|pwd|sleep|curl|wget|nc|echo|ping|ps)\\b[^`]*`",
          "^\\W*`\\s*[/.]?[\\w/.-]*(id|ls|cat|whoami|uname|pwd|sleep|curl|wget|nc|echo|ping|ps)(\\s[^`]*)?`\\W*$",
          "\\{[\\w]{0,8},-[\\w-]*\\}",
          "\\$'(\\\\x[0-9a-f]{2}|\\\\[0-7]{2,3}|\\w)",
          "\\{(cat|ls|curl|wget|id|echo|nc|ping|rm|cp|sh|bash|head|tail)(,[^\\s,{}]+)+,?\\}",
          "\\{[a-z]{2,10}(,[^\\s,{}]*)*,(-{1,2}[a-z]|\\.{0,2}/|[a-z]+://)[^\\s{}]*\\}",
          "[;|&`(]\\s*\\{[a-z]{2,10}(,[^\\s,{}]+)+,?\\}",
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
          "^\\s*" + SHORT + "\\s*[;|`]\\s*[a-z/.$]",
          "^\\s*" + PROSE + "\\s*[;|`]\\s*(" + LONG + "|" + SHORT + ")" + CUT,
          "^\\s*" + PROSE + "[;|`]([/.$]|" + PROSE + "\\s+\\S)",
          "^\\s*~[+-][0-9]*\\s*$",
          "^\\s*~[0-9]\\s*$",
          "^[\\s;|&]*(fc\\s+-[lnrse]|history\\s+-[acdnrpsw]|coproc\\s+\\w)",
          "!-[0-9]",
          "^\\s*!!:?[\\w-]+",
          "^\\s*![$*?]\\w*\\s*$",
          "^\\s*\\^\\w+\\^\\w*\\^?\\s*$",
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
          "QS-SH-12",
          COMMAND_INJECTION,
          "commands to a mail server, or to a store of keys, behind a line end",
          "[\\r\\n]\\s*(ehlo|helo|vrfy|expn)\\s+\\S",
          "[\\r\\n]\\s*(mail\\s+from|rcpt\\s+to)\\s*:\\s*<?\\S",
          "[\\r\\n]\\s*auth\\s+(login|plain|cram-md5|ntlm|xoauth2?|gssapi|scram\\S*|digest-md5)\\b",
          "[\\r\\n]\\s*(retr|dele|uidl|list)\\s+[0-9]+\\s*([\\r\\n]|$)",
          "[\\r\\n]\\s*top\\s+[0-9]+\\s+[0-9]+\\s*([\\r\\n]|$)",
          "[\\r\\n]\\s*apop\\s+\\S+\\s+[0-9a-f]{8}",
          "[\\r\\n]\\s*user\\s+\\S+\\s*[\\r\\n]+\\s*pass\\s",
          "[\\r\\n]\\s*(starttls|rset|capa|stls|quit)[\\r\\n]",
          "\\r\\n(data|starttls|rset|quit|noop|stat|stls|uidl|capa)\\s*$",
          "[\\r\\n]\\s*[a-z]{1,4}[0-9]{1,5}\\s+(login|authenticate|select|examine|create|delete|rename|subscribe|unsubscribe|list|lsub|status|append|check|close|expunge|search|fetch|store|copy|uid|capability|noop|logout|starttls|idle|xlist)\\b",
          "[\\r\\n]\\s*(slaveof|replicaof)\\s+\\S+\\s+\\w",
          "[\\r\\n]\\s*config\\s+(set|get|rewrite|resetstat)\\b",
          "[\\r\\n]\\s*(flushall|flushdb|bgsave|bgrewriteaof)\\b",
          "[\\r\\n]\\s*eval\\s+['\"]",
          "[\\r\\n]\\s*(set|add|replace|append|prepend|cas)\\s+\\S+\\s+[0-9]+\\s+[0-9]+\\s+[0-9]+"),
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
