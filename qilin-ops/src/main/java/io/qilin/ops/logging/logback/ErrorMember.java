package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/** The member {@code error} of a line: an exception, its causes and what was suppressed with it. */
final class ErrorMember {
  /** What one exception needs besides its texts. */
  private static final int FRAME_ROOM = 256;

  private final LineBuffer out;
  private Extent was = Extent.NONE;
  private boolean first = true;

  private ErrorMember(LineBuffer out) {
    this.out = out;
  }

  /** Writes it; how long the messages were. */
  static Extent write(LineBuffer out, @Nullable IThrowableProxy thrown) {
    ErrorMember member = new ErrorMember(out);
    out.raw(",\"error\":[");
    if (thrown != null) {
      member.chain(ThrownText.of(thrown));
    }
    out.raw("]");
    return member.was;
  }

  private void chain(ThrownText thrown) {
    String relation = "thrown";
    for (ThrownText each = thrown; each != null; each = each.getCause()) {
      one(relation, each);
      relation = "cause";
    }
    for (IThrowableProxy other : thrown.getSuppressed()) {
      one("suppressed", ThrownText.of(other));
    }
  }

  private void one(String relation, ThrownText thrown) {
    if (out.room() < FRAME_ROOM) {
      was = was.plus(thrown.messageWas()).cutIf(true);
      return;
    }
    out.raw(first ? "{\"relation\":\"" : ",{\"relation\":\"").raw(relation).raw("\",\"type\":");
    first = false;
    boolean whole = out.text(thrown.getClassName());
    out.raw(",\"message\":");
    whole &= out.text(thrown.getMessage());
    was = was.plus(thrown.messageWas()).cutIf(!whole);
    out.raw(",\"frames\":[");
    int written = 0;
    StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
    for (StackTraceElementProxy frame : frames) {
      if (out.room() < FRAME_ROOM) {
        break;
      }
      out.raw(written == 0 ? "" : ",");
      out.text(frame.getSTEAsString());
      written++;
    }
    out.raw("],\"more\":")
        .number((long) thrown.more() + frames.length - written)
        .raw("}");
  }
}
