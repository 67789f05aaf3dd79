package io.qilin.ops.backup;

import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * A folder of files that only grow, an audit log say, copied while it is written.
 *
 * <p>What was acknowledged before the copy began is in it, or there is no copy: the last durable record is asked for first, and
 * the copy must have it. A record of which only a half was there is cut off the copy. A record that is erased in place at the
 * same time can make the copy fail; the next one has it whole. Safe to share between threads.
 */
public final class LogPart implements BackupPart {
  private static final int MOST_CUTS = 4;

  private final String name;
  private final Path folder;
  private final Pattern files;
  private final LongSupplier durable;
  private final LogCheck check;

  private LogPart(String name, Path folder, Pattern files, LongSupplier durable, LogCheck check) {
    this.name = name;
    this.folder = folder;
    this.files = files;
    this.durable = durable;
    this.check = check;
  }

  /**
   * A part of one folder.
   *
   * @param name as {@link BackupPart#name}
   * @param folder the log's
   * @param files which names are the log's, in the order of its records, for example {@code audit-[0-9]{19}\.log}
   * @param durable the number of the last record that has been acknowledged; 0 if nobody knows
   * @param check reads a copy
   */
  public static LogPart of(
      String name, Path folder, Pattern files, LongSupplier durable, LogCheck check) {
    return new LogPart(
        SafeName.part(name),
        Objects.requireNonNull(folder, "folder"),
        Objects.requireNonNull(files, "files"),
        Objects.requireNonNull(durable, "durable"),
        Objects.requireNonNull(check, "check"));
  }

  @Override
  public String name() {
    return name;
  }

  /** {@inheritDoc} */
  @Override
  public void snapshot(Path into) throws Exception {
    long wanted = durable.getAsLong();
    for (Map.Entry<String, Path> one :
        Tree.of(folder, file -> files.matcher(file).matches()).files().entrySet()) {
      Disk.copy(one.getValue(), into.resolve(one.getKey()));
    }
    LogCheck.State state = check.read(into);
    for (int cut = 0; cut < MOST_CUTS && state.torn().isPresent(); cut++) {
      cut(into, state.torn().get());
      state = check.read(into);
    }
    requireWhole(state);
    if (state.last() < wanted) {
      throw BackupErrors.damaged("record " + wanted + " of the log in " + folder
          + " was acknowledged, but the copy ends with " + state.last());
    }
  }

  private void cut(Path into, LogCheck.Torn torn) throws IOException {
    Path file = into.resolve(SafeName.path(torn.file()));
    if (torn.offset() == 0) {
      Files.delete(file);
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (torn.offset() >= channel.size()) {
        throw QilinException.invalid("the check of part " + name + " cuts " + torn.file() + " at "
            + torn.offset() + ", beyond its end");
      }
      channel.truncate(torn.offset());
    }
  }

  /** {@inheritDoc} */
  @Override
  public String verify(Path copy) throws Exception {
    LogCheck.State state = check.read(copy);
    requireWhole(state);
    return state.last() + " records";
  }

  private void requireWhole(LogCheck.State state) {
    if (state.torn().isPresent()) {
      throw BackupErrors.damaged("the log of part " + name + " is torn in "
          + state.torn().get().file() + " at byte " + state.torn().get().offset());
    }
  }
}
