package io.qilin.vault;

import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Names and paths, checked and encoded for a URI, so that none of them can point elsewhere. */
final class VaultPath {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
  private static final int LONGEST = 1_024;

  private VaultPath() {}

  /** A name of one part, as a key or role has. */
  static String name(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw QilinException.invalid(
          what + " has 1 to 128 of A-Z a-z 0-9 . _ - and does not begin with '.' or '-', was "
              + QilinException.quote(name));
    }
    return name;
  }

  /** A mount: parts of {@link #name} with slashes between. */
  static String mount(String mount) {
    for (String part : mount.split("/", -1)) {
      name("each part of a mount", part);
    }
    return mount;
  }

  /** A path below a mount, in the form that a URI has. */
  static String encoded(String path) {
    if (path.isEmpty() || path.length() > LONGEST) {
      throw QilinException.invalid(
          "a path in Vault has 1 to " + LONGEST + " characters, was " + QilinException.quote(path));
    }
    StringBuilder out = new StringBuilder();
    for (String part : path.split("/", -1)) {
      if (part.isBlank()
          || part.equals(".")
          || part.equals("..")
          || part.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
        throw QilinException.invalid(
            "a path in Vault has parts with '/' between, none of them empty,"
                + " '.', '..' or with control characters, was " + QilinException.quote(path));
      }
      out.append(out.isEmpty() ? "" : "/");
      for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
        encode(out, b & 0xff);
      }
    }
    return out.toString();
  }

  private static void encode(StringBuilder out, int b) {
    boolean plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    if (plain || b == '-' || b == '.' || b == '_' || b == '~') {
      out.append((char) b);
    } else {
      out.append('%')
          .append(Character.toUpperCase(Character.forDigit(b >> 4, 16)))
          .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
    }
  }
}
