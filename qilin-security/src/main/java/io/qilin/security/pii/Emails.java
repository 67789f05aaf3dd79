package io.qilin.security.pii;

/** E-mail addresses: a local part of at most 64 characters, Latin or Chinese, and a domain with a dot and a name as its end. */
final class Emails {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 253;

  /** Words that stand before an address of Chinese characters and are not part of it. */
  private static final String[] LABELS = {
    "邮箱地址", "邮箱", "邮件", "电邮", "信箱", "地址", "邮址", "联系", "发送至", "发送到", "发送", "发至", "发到", "抄送", "账号",
    "用户"
  };

  private Emails() {}

  static int at(Scan scan, int at) {
    int start = localStart(scan, at);
    if (start == at) {
      return -1;
    }
    int end = domainEnd(scan, at + 1);
    return end < 0 ? -1 : scan.add(start, end, PiiType.EMAIL);
  }

  private static int localStart(Scan scan, int at) {
    int start = at;
    if (ideograph(scan.look(at - 1))) {
      while (start > 0 && at - start < LONGEST_LOCAL && ideograph(scan.c[start - 1])) {
        start--;
      }
      return afterLabel(scan, start, at);
    }
    while (start > 0 && at - start < LONGEST_LOCAL && local(scan.c[start - 1])) {
      start--;
    }
    if (scan.look(start - 1) == '@') {
      start = Math.max(start, Math.min(at, domainEnd(scan, start)));
    }
    while (start < at && !Alphabet.alphanumeric(scan.c[start]) && scan.c[start] != '_') {
      start++;
    }
    return start;
  }

  private static int afterLabel(Scan scan, int start, int at) {
    for (String label : LABELS) {
      for (int i = at - label.length() - 1; i >= start; i--) {
        if (stands(scan, label, i)) {
          return i + label.length();
        }
      }
    }
    return start;
  }

  private static boolean stands(Scan scan, String label, int at) {
    for (int k = 0; k < label.length(); k++) {
      if (scan.look(at + k) != label.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  private static boolean ideograph(char c) {
    return c >= 128 && Character.isLetter(c);
  }

  private static boolean local(char c) {
    return Alphabet.alphanumeric(c) || "._%+-'".indexOf(c) > -1;
  }

  /** After the domain, or -1 if it is none. */
  private static int domainEnd(Scan scan, int start) {
    int at = start;
    int end = -1;
    int labels = 0;
    while (at - start <= LONGEST_DOMAIN) {
      int label = at;
      while (Alphabet.alphanumeric(scan.look(at)) || (scan.look(at) == '-' && at > label)) {
        at++;
        if (at - start > LONGEST_DOMAIN) {
          return end;
        }
      }
      int stop = at;
      while (stop > label && scan.c[stop - 1] == '-') {
        stop--;
      }
      if (stop == label) {
        return end;
      }
      labels++;
      if (labels > 1) {
        end = Math.max(end, topLevelEnd(scan, label, stop));
      }
      if (stop < at || scan.look(at) != '.') {
        return end;
      }
      at++;
    }
    return end;
  }

  /** After the letters, two or more, that a last label is or begins with before digits; after an encoded one; otherwise -1. */
  private static int topLevelEnd(Scan scan, int start, int end) {
    if (end - start > 4 && scan.c[start + 2] == '-' && scan.c[start + 3] == '-') {
      return end;
    }
    int stop = start;
    while (stop < end && Alphabet.letter(scan.c[stop])) {
      stop++;
    }
    boolean lower = stop > start && scan.c[start] >= 'a';
    boolean runsOn = stop < end && Alphabet.digit(scan.c[stop]) && lower;
    return stop - start >= 2 && (stop == end || runsOn) ? stop : -1;
  }
}
