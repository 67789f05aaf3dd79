package io.qilin.security.pii;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Objects;

/**
 * A text of any length with the policy applied while it is read, exactly as {@link PiiRedactor#text} would apply it to the whole.
 * Where the text is cut into pieces on its way makes no difference: what could still belong to a finding is held back. At most
 * some 200,000 characters are held at a time. For one thread.
 */
public final class PiiMaskingReader extends Reader {
  /** With invisible characters between, as many as still join, a reach becomes so much longer. */
  private static final int STRETCH = 33;

  private static final int BACK = Scan.REACH_BACK * STRETCH;
  private static final int AHEAD = Scan.REACH_AHEAD * STRETCH;
  private static final int BLOCK = 1 << 16;

  private final Reader in;
  private final PiiRedactor redactor;
  private final char[] piece = new char[1 << 13];

  /** What was read: the first {@link #told} characters were told and stay for what they say about the next ones. */
  private final StringBuilder held = new StringBuilder();

  private int told;
  private final StringBuilder out = new StringBuilder();
  private int next;
  private boolean ended;
  private boolean broken;

  /** Reads {@code in} through a redactor; closes {@code in} when it is closed. */
  public PiiMaskingReader(Reader in, PiiRedactor redactor) {
    this.in = Objects.requireNonNull(in, "in");
    this.redactor = Objects.requireNonNull(redactor, "redactor");
  }

  /**
   * Reads characters.
   *
   * @throws IOException if the text cannot be read, or an earlier call failed
   * @throws QilinException SECURITY_UNAVAILABLE if a protector fails; nothing more is told then
   */
  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    while (next == out.length()) {
      if (broken) {
        throw new IOException("an earlier read failed; what follows is not told");
      }
      if (ended && told == held.length()) {
        return -1;
      }
      broken = true;
      fill();
      broken = false;
    }
    int count = Math.min(length, out.length() - next);
    out.getChars(next, next + count, into, offset);
    next += count;
    return count;
  }

  private void fill() throws IOException {
    out.setLength(0);
    next = 0;
    while (!ended && held.length() < told + BLOCK + BACK + AHEAD) {
      int count = in.read(piece, 0, piece.length);
      if (count < 0) {
        ended = true;
      } else {
        held.append(piece, 0, count);
      }
    }
    String text = held.toString();
    int limit = ended ? text.length() : text.length() - AHEAD;
    List<PiiFinding> findings = redactor.detector().find(text, told, limit);
    int cut = ended ? text.length() : cut(text, limit - BACK, findings);
    StringBuilder redacted = new StringBuilder(cut - told);
    redactor.append(redacted, text, told, cut, findings, "");
    out.append(redacted);
    int kept = Math.max(0, cut - BACK);
    held.delete(0, kept);
    told = cut - kept;
  }

  /** Where to stop: not in a finding, not in a token, not in a pair of surrogates. */
  private int cut(String text, int wished, List<PiiFinding> findings) {
    int cut = wished;
    int f = findings.size() - 1;
    while (cut > told) {
      while (f >= 0 && findings.get(f).start() >= cut) {
        f--;
      }
      if (f >= 0 && findings.get(f).end() > cut) {
        cut = findings.get(f).start();
      } else if (joins(text.charAt(cut - 1))) {
        cut--;
      } else {
        break;
      }
      if (wished - cut > BLOCK / 2) {
        // A run of letters and digits so long is no token; nothing is looked for in it, wherever it
        // is cut.
        return wished;
      }
    }
    if (cut <= told) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, "the text has no place where it can be cut");
    }
    return cut;
  }

  private static boolean joins(char c) {
    char plain = Alphabet.plain(c);
    return plain == 0 || Alphabet.alphanumeric(plain) || Character.isHighSurrogate(c);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
