package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import io.qilin.ops.logging.LogMasker;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An appender around others, which get to see masked events only. */
abstract class MaskedAppenders extends UnsynchronizedAppenderBase<ILoggingEvent>
    implements AppenderAttachable<ILoggingEvent> {
  private final AppenderAttachableImpl<ILoggingEvent> inner = new AppenderAttachableImpl<>();
  private volatile LogMasker masker = LogMasker.credentials();
  private volatile boolean callerData;

  /**
   * What hides secrets and personal data in messages, values of fields and messages of exceptions; {@link LogMasker#credentials}
   * unless set. May be set while it runs.
   */
  public void setMasker(LogMasker hides) {
    masker = Objects.requireNonNull(hides, "hides");
  }

  /** Whether file and line of the caller are found out for each event, which costs more than all the rest; false unless set. */
  public void setCallerData(boolean found) {
    callerData = found;
  }

  HeldEvent read(ILoggingEvent event) {
    return EventReader.read(event, callerData);
  }

  HeldEvent masked(HeldEvent event) {
    return EventMasker.mask(event, masker);
  }

  AppenderAttachableImpl<ILoggingEvent> inner() {
    return inner;
  }

  @Override
  public void addAppender(Appender<ILoggingEvent> appender) {
    inner.addAppender(appender);
  }

  @Override
  public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
    return inner.iteratorForAppenders();
  }

  @Override
  public @Nullable Appender<ILoggingEvent> getAppender(String name) {
    return inner.getAppender(name);
  }

  @Override
  public boolean isAttached(Appender<ILoggingEvent> appender) {
    return inner.isAttached(appender);
  }

  @Override
  public void detachAndStopAllAppenders() {
    inner.detachAndStopAllAppenders();
  }

  @Override
  public boolean detachAppender(Appender<ILoggingEvent> appender) {
    return inner.detachAppender(appender);
  }

  @Override
  public boolean detachAppender(String name) {
    return inner.detachAppender(name);
  }
}
