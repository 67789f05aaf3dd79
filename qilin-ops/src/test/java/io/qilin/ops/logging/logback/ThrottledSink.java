package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.qilin.ops.logging.LogLevel;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** A file that takes so many bytes a second, and for a while none; it counts what it took. */
final class ThrottledSink extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private final CappedFileAppender file;
  private final long bytesPerSecond;
  private final LineEncoder encoder = new LineEncoder();
  private final AtomicLongArray written = new AtomicLongArray(LogLevel.values().length + 1);
  private volatile long standUntil;
  private volatile boolean stand;
  private long freeAt = System.nanoTime();

  ThrottledSink(CappedFileAppender file, long bytesPerSecond) {
    this.file = file;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Takes nothing for so long. */
  void stand(long nanos) {
    standUntil = System.nanoTime() + nanos;
    stand = true;
  }

  long written(LogLevel level) {
    return written.get(level.ordinal());
  }

  long audits() {
    return written.get(LogLevel.values().length);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (stand) {
      while (standUntil - System.nanoTime() > 0) {
        LockSupport.parkNanos(standUntil - System.nanoTime());
      }
      stand = false;
    }
    byte[] line = encoder.encode(event);
    freeAt = Math.max(freeAt, System.nanoTime() - 5_000_000)
        + line.length * 1_000_000_000L / bytesPerSecond;
    if (freeAt - System.nanoTime() > 1_000_000) {
      LockSupport.parkNanos(freeAt - System.nanoTime());
    }
    boolean own = event.getLoggerName().equals("io.qilin.ops.logging");
    if (file.appendAll(List.of(event), 0, new BitSet()) == 1 && !own) {
      written.incrementAndGet(EventReader.level(event.getLevel()).ordinal());
      if (!event.getMarkerList().isEmpty()) {
        written.incrementAndGet(LogLevel.values().length);
      }
    }
  }
}
