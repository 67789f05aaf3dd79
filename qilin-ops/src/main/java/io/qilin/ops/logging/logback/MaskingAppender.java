package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * Hands each event to the appenders in it, masked, on the thread on which it came: for hosts that want no sampling and no thread of
 * its own, for example in front of a console. {@link SampledAppender} masks by itself. Where the masker fails, the event goes on
 * without its text. Safe for use by several threads.
 */
public final class MaskingAppender extends MaskedAppenders {
  /** For Logback, and for hosts that set it up in code. */
  public MaskingAppender() {}

  @Override
  protected void append(ILoggingEvent event) {
    inner().appendLoopOnAppenders(masked(read(event)));
  }

  @Override
  public void stop() {
    super.stop();
    detachAndStopAllAppenders();
  }
}
