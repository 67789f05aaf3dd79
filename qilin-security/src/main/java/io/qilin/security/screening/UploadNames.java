package io.qilin.security.screening;

import java.util.Locale;
import java.util.Set;

/** Names that no uploaded file may have, because a server would run it or read settings from it. */
final class UploadNames {
  private static final Set<String> ENDINGS = Set.of(
      "php", "php2", "php3", "php4", "php5", "php6", "php7", "php8", "phps", "pht", "phtm", "phtml",
      "phar", "phpt", "pgif", "shtml", "shtm", "stm", "jsp", "jspx", "jsw", "jsv", "jspf", "asp",
      "aspx", "asa", "asax", "ascx", "ashx", "asmx", "cer", "cfm", "cfc", "cgi", "pl", "pm", "py",
      "rb", "sh", "bash", "exe", "dll", "bat", "cmd", "com", "msi", "ps1", "vbs", "vbe", "wsf",
      "hta", "scr", "jar", "war", "class");
  private static final Set<String> NAMES = Set.of(
      "web.config",
      "php.ini",
      "config.yml",
      "config.yaml",
      "config.php",
      "web.xml",
      "server.xml",
      "context.xml",
      "settings.py",
      "database.yml",
      "machine.config",
      "httpd.conf",
      "nginx.conf",
      "my.cnf",
      "id_rsa",
      "passwd",
      "shadow",
      "crontab",
      "global.asa",
      "wp-config.php",
      "authorized_keys");

  private UploadNames() {}

  static boolean dangerous(String file) {
    String name = Normalizing.of(file).toLowerCase(Locale.ROOT).replace('\\', '/');
    String last = name.substring(name.lastIndexOf('/') + 1);
    int end = last.length();
    while (end > 0
        && (last.charAt(end - 1) == '.'
            || last.charAt(end - 1) <= ' '
            || last.charAt(end - 1) == ';')) {
      end--;
    }
    String trimmed = last.substring(0, end);
    // A hidden file is one that a server or a tool reads settings from.
    boolean hidden = trimmed.length() > 1 && trimmed.charAt(0) == '.';
    if (NAMES.contains(trimmed) || name.contains("../") || hidden) {
      return true;
    }
    int dot = trimmed.indexOf('.');
    while (dot >= 0) {
      int next = trimmed.indexOf('.', dot + 1);
      if (ENDINGS.contains(trimmed.substring(dot + 1, next < 0 ? trimmed.length() : next))) {
        return true;
      }
      dot = next;
    }
    return false;
  }
}
