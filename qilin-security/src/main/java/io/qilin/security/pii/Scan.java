package io.qilin.security.pii;

import java.util.Arrays;
import java.util.Set;

/**
 * One pass over a plain text.
 *
 * <p>The scan goes from left to right and stops only at what can begin something: a token with a digit, {@code @}, {@code :},
 * {@code -}, the first character of a number plate. What is found there depends on at most {@link #REACH_BACK} characters before
 * and {@link #REACH_AHEAD} after, so that time is linear and a long text can be read in pieces. A finding that overlaps earlier
 * ones takes their place if it is of an earlier {@link PiiType}, and is given up otherwise.
 */
@SuppressWarnings("EnumOrdinal") // places in arrays that live no longer than one scan
final class Scan {
  /** No finding and no decision looks farther back than this. */
  static final int REACH_BACK = 384;

  /** No finding and no decision looks farther ahead than this. */
  static final int REACH_AHEAD = 768;

  /** A longer run of letters and digits is a digest, a key or encoded bytes; nothing is looked for inside. */
  static final int LONGEST_TOKEN = 128;

  final char[] c;
  final int n;
  private final boolean[] wanted = new boolean[PiiType.values().length];
  private final Numbers numbers = new Numbers(this);
  private int[] found = new int[24];
  private int size;

  Scan(char[] chars, int length, Set<PiiType> types) {
    this.c = chars;
    this.n = length;
    for (PiiType type : types) {
      wanted[type.ordinal()] = true;
    }
  }

  boolean wants(PiiType type) {
    return wanted[type.ordinal()];
  }

  /** Scans from {@code from} until {@code limit} or a little beyond. */
  void run(int from, int limit) {
    int i = from;
    if (i > 0 && i < n && Alphabet.alphanumeric(c[i - 1])) {
      i = tokenEnd(i);
    }
    while (i < limit) {
      byte trigger = Alphabet.trigger(c[i]);
      if (trigger == Alphabet.OTHER) {
        i++;
      } else {
        i = Math.max(i + 1, at(trigger, i));
      }
    }
  }

  private int at(byte trigger, int i) {
    return switch (trigger) {
      case Alphabet.DIGIT -> digits(i);
      case Alphabet.AT -> Emails.at(this, i);
      case Alphabet.COLON -> NetworkAddresses.atColon(this, i);
      case Alphabet.DASH -> NetworkAddresses.atDash(this, i);
      default -> Plates.at(this, i);
    };
  }

  /** A token with its first digit at {@code i}; what was before its first digit are letters. */
  private int digits(int i) {
    int start = i;
    while (start > 0 && i - start <= LONGEST_TOKEN && Alphabet.letter(c[start - 1])) {
      start--;
    }
    int digitEnd = digitEnd(i);
    int end = tokenEnd(digitEnd);
    if (end - start > LONGEST_TOKEN) {
      return end;
    }
    if (end - start > digitEnd - i) {
      int after = Tokens.at(this, start, end);
      after = after > 0 ? after : NetworkAddresses.atToken(this, start, end);
      if (after > 0) {
        return after;
      }
      if (digitEnd(end - 1 - trailing(digitEnd, end)) != digitEnd) {
        return mixed(i, end);
      }
    }
    int after = numbers.at(i, digitEnd);
    return after > 0 ? after : end;
  }

  /** How many letters, and nothing else, stand between the digits and the end of the token; all of it otherwise. */
  private int trailing(int digitEnd, int end) {
    int at = end;
    while (at > digitEnd && Alphabet.letter(c[at - 1])) {
      at--;
    }
    return end - at;
  }

  /** Digits between letters, more than once: only what has a strong check character is looked for. */
  private int mixed(int i, int end) {
    int at = i;
    while (at < end) {
      if (Alphabet.digit(c[at])) {
        int stop = digitEnd(at);
        int after = numbers.idAt(at, stop);
        if (after > 0) {
          return after;
        }
        at = stop;
      } else {
        at++;
      }
    }
    return end;
  }

  int digitEnd(int at) {
    int end = at;
    while (end < n && Alphabet.digit(c[end])) {
      end++;
    }
    return end;
  }

  int tokenEnd(int at) {
    int end = at;
    while (end < n && Alphabet.alphanumeric(c[end])) {
      end++;
    }
    return end;
  }

  /** The character at an index, 0 outside. */
  char look(int at) {
    return at >= 0 && at < n ? c[at] : 0;
  }

  /** Takes a finding if its type is wanted and it wins over what it overlaps; answers its end, or -1. */
  int add(int start, int end, PiiType type) {
    if (!wants(type)) {
      return -1;
    }
    int keep = size;
    while (keep > 0 && found[3 * keep - 2] > start) {
      if (found[3 * keep - 1] <= type.ordinal()) {
        return -1;
      }
      keep--;
    }
    size = keep;
    if (3 * size + 3 > found.length) {
      found = Arrays.copyOf(found, 2 * found.length);
    }
    found[3 * size] = start;
    found[3 * size + 1] = end;
    found[3 * size + 2] = type.ordinal();
    size++;
    return end;
  }

  int size() {
    return size;
  }

  int start(int finding) {
    return found[3 * finding];
  }

  int end(int finding) {
    return found[3 * finding + 1];
  }

  PiiType type(int finding) {
    return TYPES[found[3 * finding + 2]];
  }

  private static final PiiType[] TYPES = PiiType.values();
}
