package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What of an exception is written: bounded, and without the exception itself, which may hold anything. Immutable. */
final class ThrownText implements IThrowableProxy {
  /** The most frames of one exception. */
  static final int FRAMES = 64;

  /** The most causes below one another. */
  static final int DEPTH = 8;

  private static final int SUPPRESSED = 4;
  private static final int FRAME_BYTES = 96;
  private static final IThrowableProxy[] NONE = new IThrowableProxy[0];

  private final String type;
  private final String message;
  private final Extent messageWas;
  private final StackTraceElementProxy[] frames;
  private final int more;
  private final @Nullable ThrownText cause;
  private final ThrownText[] suppressed;

  private ThrownText(
      String type,
      String message,
      Extent messageWas,
      StackTraceElementProxy[] frames,
      int more,
      @Nullable ThrownText cause,
      ThrownText[] suppressed) {
    this.type = type;
    this.message = message;
    this.messageWas = messageWas;
    this.frames = frames;
    this.more = more;
    this.cause = cause;
    this.suppressed = suppressed;
  }

  static ThrownText of(IThrowableProxy thrown) {
    return thrown instanceof ThrownText already ? already : of(thrown, DEPTH);
  }

  private static ThrownText of(IThrowableProxy thrown, int depth) {
    StackTraceElementProxy[] all = thrown.getStackTraceElementProxyArray();
    int length = all == null ? 0 : all.length;
    int kept = Math.min(length, FRAMES);
    String message = Objects.toString(thrown.getMessage(), "");
    IThrowableProxy cause = thrown.getCause();
    IThrowableProxy[] others = thrown.getSuppressed();
    int deeper = depth - 1;
    return new ThrownText(
        HeldText.cut(Objects.toString(thrown.getClassName(), "")),
        HeldText.cut(message),
        Extent.of(message),
        all == null
            ? new StackTraceElementProxy[0]
            : kept == length ? all : Arrays.copyOf(all, kept),
        length - kept,
        cause == null || depth == 1 || thrown.isCyclic() ? null : of(cause, deeper),
        others == null || depth < DEPTH
            ? new ThrownText[0]
            : Arrays.stream(others)
                .limit(SUPPRESSED)
                .map(other -> of(other, 1))
                .toArray(ThrownText[]::new));
  }

  /** With another text in place of each message. */
  ThrownText masked(UnaryOperator<String> masker) {
    return new ThrownText(
        type,
        masker.apply(message),
        messageWas,
        frames,
        more,
        cause == null ? null : cause.masked(masker),
        Arrays.stream(suppressed).map(other -> other.masked(masker)).toArray(ThrownText[]::new));
  }

  /** With the first frames and the beginning of each message. */
  ThrownText shortened(int mostFrames, int mostCharacters) {
    int kept = Math.min(frames.length, mostFrames);
    return new ThrownText(
        type,
        HeldText.cut(message, mostCharacters),
        messageWas.cutIf(message.length() > mostCharacters),
        Arrays.copyOf(frames, kept),
        more + frames.length - kept,
        cause == null ? null : cause.shortened(mostFrames, mostCharacters),
        new ThrownText[0]);
  }

  /** About how much memory it takes. */
  long bytes() {
    long bytes = 64 + 2L * message.length() + (long) FRAME_BYTES * frames.length;
    for (ThrownText other : suppressed) {
      bytes += other.bytes();
    }
    return bytes + (cause == null ? 0 : cause.bytes());
  }

  /** The length that the message had. */
  Extent messageWas() {
    return messageWas;
  }

  /** How many frames were left out. */
  int more() {
    return more;
  }

  @Override
  public String getMessage() {
    return message;
  }

  @Override
  public String getClassName() {
    return type;
  }

  @Override
  public StackTraceElementProxy[] getStackTraceElementProxyArray() {
    return frames;
  }

  @Override
  public int getCommonFrames() {
    return 0;
  }

  @Override
  public @Nullable ThrownText getCause() {
    return cause;
  }

  @Override
  public IThrowableProxy[] getSuppressed() {
    return suppressed.length == 0 ? NONE : suppressed.clone();
  }

  @Override
  public boolean isCyclic() {
    return false;
  }
}
