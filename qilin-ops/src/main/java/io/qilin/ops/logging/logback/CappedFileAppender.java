package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import io.qilin.api.error.QilinException;
import io.qilin.ops.logging.CappedFile;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes to files with a hard cap on their size together, see {@link CappedFile}. It outlives a full disk and counts what is lost,
 * where Logback's own file appenders drop lines without a word for up to minutes. Settings that cannot be: it does not start, and
 * Logback's status says why. Safe for use by several threads.
 */
public final class CappedFileAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final byte[] NOTHING = new byte[0];

  private volatile @Nullable Path folder;
  private volatile String fileName = "qilin";
  private volatile long fileBytes = 16L << 20;
  private volatile long totalBytes = 256L << 20;
  private volatile @Nullable Encoder<ILoggingEvent> encoder;
  private volatile @Nullable CappedFile file;

  /** For Logback, and for hosts that set it up in code. */
  public CappedFileAppender() {}

  /** The folder of the files; must be set. */
  public void setFolder(String path) {
    try {
      folder = FileSystems.getDefault().getPath(path);
    } catch (InvalidPathException e) {
      addError("the folder of the log cannot be: " + e.getMessage(), e);
    }
  }

  /** The folder of the files, on any file system. */
  public void useFolder(Path path) {
    folder = path;
  }

  /** The name of the files without {@code .log}; {@code qilin} unless set. */
  public void setFileName(String name) {
    fileName = name;
  }

  /** How large one file gets, for example {@code 16MB}, at least 128 KiB; 16 MiB unless set. */
  public void setFileSize(FileSize most) {
    fileBytes = most.getSize();
  }

  /** How large all files get together, at least twice one of them; 256 MiB unless set. */
  public void setTotalSize(FileSize most) {
    totalBytes = most.getSize();
  }

  /** What makes lines of events; {@link LineEncoder} unless set. */
  public void setEncoder(Encoder<ILoggingEvent> lines) {
    encoder = lines;
  }

  @Override
  public void start() {
    Path place = folder;
    if (place == null) {
      addError("the log named " + getName() + " has no folder; set one with <folder>");
      return;
    }
    try {
      file = CappedFile.builder(place, fileName)
          .fileBytes(fileBytes)
          .totalBytes(totalBytes)
          .build();
    } catch (QilinException e) {
      addError("the log named " + getName() + " cannot be set up", e);
      return;
    }
    if (encoder == null) {
      LineEncoder lines = new LineEncoder();
      lines.setContext(getContext());
      lines.start();
      encoder = lines;
    }
    super.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    appendAll(List.of(event), 0, new BitSet());
  }

  /**
   * Appends events from one on, but for those that a filter denies; how many were written.
   *
   * @param poisoned gets those that the encoder could not encode; they count as written
   */
  int appendAll(List<? extends ILoggingEvent> events, int from, BitSet poisoned) {
    CappedFile open = file;
    Encoder<ILoggingEvent> lines = encoder;
    if (!isStarted() || open == null || lines == null) {
      return 0;
    }
    List<byte[]> encoded = new ArrayList<>(events.size() - from);
    for (int i = from; i < events.size(); i++) {
      encoded.add(encoded(lines, events.get(i), i, poisoned));
    }
    return open.write(encoded);
  }

  private byte[] encoded(
      Encoder<ILoggingEvent> lines, ILoggingEvent event, int i, BitSet poisoned) {
    try {
      return getFilterChainDecision(event) == FilterReply.DENY
          ? NOTHING
          : Objects.requireNonNull(lines.encode(event), "what the encoder gives");
    } catch (Exception | LinkageError | AssertionError | StackOverflowError | OutOfMemoryError e) {
      addError("the encoder of the log named " + getName() + " failed; a line is lost", e);
      poisoned.set(i);
      return NOTHING;
    }
  }

  /** How many lines could not be written; a caller that tries a line again counts each time. */
  public long lost() {
    CappedFile open = file;
    return open == null ? 0 : open.lost();
  }

  /** What was wrong the last time; empty while all is well. */
  public String failure() {
    CappedFile open = file;
    return open == null ? "it was not started" : open.failure().orElse("");
  }

  @Override
  public void stop() {
    super.stop();
    CappedFile open = file;
    if (open != null) {
      open.close();
    }
  }
}
