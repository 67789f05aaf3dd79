package io.qilin.security.pii;

/** IPv4 (dotted decimal), IPv6 (RFC 4291, with RFC 5952's short forms), prefix lengths (RFC 4632), and MAC addresses. */
final class NetworkAddresses {
  private NetworkAddresses() {}

  /** An IPv4 address or a MAC address with dots that begins with a run of at most four digits. */
  static int atDigits(Scan scan, int start, int end) {
    char before = scan.look(start - 1);
    boolean inside = before == '.' && Alphabet.alphanumeric(scan.look(start - 2));
    if (inside || (Alphabet.alphanumeric(before) && !labelled(scan, start))) {
      return -1;
    }
    int after = ipv4(scan, start);
    if (after < 0) {
      return end - start == 4 ? dottedMac(scan, start) : -1;
    }
    boolean goesOn = Alphabet.alphanumeric(scan.look(after))
        || (scan.look(after) == '.' && Alphabet.alphanumeric(scan.look(after + 1)))
        || Words.versionBefore(scan.c, start);
    return goesOn ? -1 : scan.add(start, prefix(scan, after, 32), PiiType.IP);
  }

  /** A MAC address with dots whose first part has letters. */
  static int atToken(Scan scan, int start, int end) {
    return end - start == 4 && scan.look(end) == '.' ? dottedMac(scan, start) : -1;
  }

  private static boolean labelled(Scan scan, int start) {
    return Alphabet.upper(scan.look(start - 1)) == 'P'
        && Alphabet.upper(scan.look(start - 2)) == 'I'
        && !Alphabet.alphanumeric(scan.look(start - 3));
  }

  /** After four numbers up to 255 with dots between, or -1. */
  private static int ipv4(Scan scan, int start) {
    int at = start;
    for (int part = 0; part < 4; part++) {
      int end = scan.digitEnd(at);
      boolean number = end > at && end - at <= 3 && CheckDigits.number(scan.c, at, end - at) <= 255;
      if (!number || (part < 3 && scan.look(end) != '.')) {
        return -1;
      }
      at = part < 3 ? end + 1 : end;
    }
    return at;
  }

  private static int prefix(Scan scan, int end, int most) {
    if (scan.look(end) != '/') {
      return end;
    }
    int stop = scan.digitEnd(end + 1);
    int length = stop - end - 1;
    boolean valid =
        length >= 1 && length <= 3 && CheckDigits.number(scan.c, end + 1, length) <= most;
    return valid && !Alphabet.alphanumeric(scan.look(stop)) ? stop : end;
  }

  private static int dottedMac(Scan scan, int start) {
    int at = start;
    for (int part = 0; part < 3; part++) {
      for (int i = 0; i < 4; i++) {
        if (!Alphabet.hex(scan.look(at++))) {
          return -1;
        }
      }
      if (part < 2 && scan.look(at++) != '.') {
        return -1;
      }
    }
    boolean ends = !Alphabet.alphanumeric(scan.look(at)) && !Alphabet.digit(scan.look(at + 1));
    return ends && !Alphabet.alphanumeric(scan.look(start - 1))
        ? scan.add(start, at, PiiType.MAC_ADDRESS)
        : -1;
  }

  /** An IPv6 address or a MAC address whose first colon is at {@code colon}. */
  static int atColon(Scan scan, int colon) {
    int start = colon;
    while (colon - start < 5 && Alphabet.hex(scan.look(start - 1))) {
      start--;
    }
    char before = scan.look(start - 1);
    boolean first = colon - start <= 4
        && !Alphabet.alphanumeric(before)
        && before != ':'
        && before != '.'
        && before != '*';
    if (!first) {
      return -1;
    }
    int after = mac(scan, start, ':');
    if (after > 0) {
      return after;
    }
    after = ipv6(scan, start);
    return after < 0 ? -1 : scan.add(start, prefix(scan, after, 128), PiiType.IP);
  }

  static int atDash(Scan scan, int dash) {
    boolean form = Alphabet.hex(scan.look(dash - 1))
        && Alphabet.hex(scan.look(dash - 2))
        && !Alphabet.alphanumeric(scan.look(dash - 3))
        && scan.look(dash - 3) != '-';
    return form ? mac(scan, dash - 2, '-') : -1;
  }

  /** Six pairs of hexadecimal digits; neither all zero nor all one. */
  private static int mac(Scan scan, int start, char gap) {
    boolean zeros = true;
    boolean ones = true;
    for (int i = 0; i < 17; i++) {
      char c = scan.look(start + i);
      boolean fits = i % 3 == 2 ? c == gap : Alphabet.hex(c);
      if (!fits) {
        return -1;
      }
      zeros &= i % 3 == 2 || c == '0';
      ones &= i % 3 == 2 || Alphabet.upper(c) == 'F';
    }
    int end = start + 17;
    boolean ends = !Alphabet.alphanumeric(scan.look(end)) && scan.look(end) != gap;
    return ends && !zeros && !ones ? scan.add(start, end, PiiType.MAC_ADDRESS) : -1;
  }

  /** After the longest address from {@code start}, which must be a whole one; -1 if there is none. */
  private static int ipv6(Scan scan, int start) {
    int at = start;
    int groups = 0;
    boolean shortened = false;
    if (scan.look(at) == ':') {
      if (scan.look(at + 1) != ':' || scan.look(at + 2) == ':') {
        return -1;
      }
      shortened = true;
      at += 2;
    }
    while (groups < 8) {
      int end = at;
      while (end - at < 5 && Alphabet.hex(scan.look(end))) {
        end++;
      }
      if (end == at) {
        break;
      }
      if (scan.look(end) == '.' && Alphabet.digit(scan.look(end + 1))) {
        int after = ipv4(scan, at);
        groups += 2;
        return after > 0 && whole(scan, after, groups, shortened) ? after : -1;
      }
      if (end - at > 4 || Alphabet.alphanumeric(scan.look(end))) {
        return -1;
      }
      groups++;
      at = end;
      if (scan.look(at) != ':') {
        break;
      }
      if (scan.look(at + 1) == ':') {
        if (shortened) {
          return -1;
        }
        shortened = true;
        at += 2;
      } else if (Alphabet.hex(scan.look(at + 1)) && groups < 8) {
        at++;
      } else {
        break;
      }
    }
    boolean empty = groups == 0 && scan.look(at) != '/';
    return !empty && whole(scan, at, groups, shortened) ? at : -1;
  }

  private static boolean whole(Scan scan, int end, int groups, boolean shortened) {
    char next = scan.look(end);
    boolean ends = !Alphabet.alphanumeric(next)
        && next != '*'
        && next != '_'
        && !(next == ':'
            && (Alphabet.alphanumeric(scan.look(end + 1)) || ":*".indexOf(scan.look(end + 1)) >= 0))
        && !(next == '.' && Alphabet.digit(scan.look(end + 1)));
    return ends && (shortened ? groups <= 7 : groups == 8);
  }
}
