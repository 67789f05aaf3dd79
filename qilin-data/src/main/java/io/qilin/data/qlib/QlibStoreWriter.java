package io.qilin.data.qlib;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.data.internal.AtomicFile;
import io.qilin.data.internal.AtomicFolder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes a panel as a Qlib store, byte for byte as Qlib's own dumper does from the same values: the panel's days as the
 * calendar, its instruments with their spans as the list {@code all}, a file for each instrument and field.
 *
 * <p>Values become float32, the nearest to the {@code double}, so about seven digits are left; {@link QlibWritten} tells
 * how many were rounded. Prices are written as the panel has them; Qlib's conventions want them adjusted if there is a
 * factor, see {@link Panel#withAdjustment}. How they are adjusted and what volume is counted in is noted in the file
 * {@code qilin.txt}, which Qlib does not look at and {@link QlibStore} reads.
 *
 * <p>The store is written beside its place under another name and then renamed: whatever becomes of the program, it is
 * there whole or not at all. Its lists are forced to the disk, its tens of thousands of files of values are not, since that
 * would take minutes: if the power fails within the seconds in which the system writes them, some may be empty, which
 * {@link QlibStore} refuses with their names. {@link #append} adds days to a store that is there. Immutable and safe to
 * share.
 */
public final class QlibStoreWriter {
  private final Path target;
  private final Optional<QlibVolume> volume;
  private final boolean replace;

  private QlibStoreWriter(Path target, Optional<QlibVolume> volume, boolean replace) {
    this.target = target;
    this.volume = volume;
    this.replace = replace;
  }

  /** A writer of a store. Volume is counted in shares, or as a store that is appended to says. */
  public static QlibStoreWriter to(Path target) {
    return new QlibStoreWriter(Objects.requireNonNull(target, "target"), Optional.empty(), false);
  }

  /** The same writer, counting volume so. {@link QlibVolume#ADJUSTED} needs the field factor. */
  public QlibStoreWriter volume(QlibVolume counted) {
    return new QlibStoreWriter(target, Optional.of(counted), replace);
  }

  /** The same writer, which replaces a Qlib store that is there. Any other file or folder is never replaced. */
  public QlibStoreWriter replacing() {
    return new QlibStoreWriter(target, volume, true);
  }

  /**
   * Adds the days of a panel that come after the last of a store that is there. The calendar grows; of each file only the
   * new values are written, at its end; instruments that are new begin files of their own. The result is byte for byte what
   * {@link #write} makes of all days together.
   *
   * <p><b>Days that the store has</b> may be in the panel too, but only with the values that it has: history is not
   * rewritten. For prices that are {@link io.qilin.api.market.Adjustment#FORWARD}, which change at each ex-date, the panel
   * must hold the store's last day, so that a change is seen.
   *
   * <p><b>Crashes.</b> Before anything is changed, {@code qilin.append} notes what the store was; while it is there, {@link
   * QlibStore} reads exactly the old store, and the next append first undoes what was begun. All that is written is forced
   * to the disk, which takes about a second for a thousand files. One append at a time: {@code qilin.lock} is locked for it.
   * A {@link QlibStore} that was opened before has to be opened again.
   *
   * @throws QilinException DATA_NOT_FOUND if there is no store, or no factor that adjusted volume needs; DATA_CONFLICT if a
   *     value differs from the store's, with its place, if fields, adjustment or volume differ, or if another appends;
   *     INVALID_ARGUMENT for a day between those of the store, or a value too large for a float32; DATA_FORMAT if the
   *     store is damaged; LIMIT_EXCEEDED; IO, after which the old store is read
   */
  public QlibAppended append(Panel panel) {
    return new QlibAppend(target, volume, panel).run();
  }

  /**
   * Writes the store.
   *
   * @throws QilinException INVALID_ARGUMENT if the target is there, if two instruments would share a folder, or if a value
   *     is too large for a float32; DATA_NOT_FOUND without the factor that adjusted volume needs; IO
   */
  public QlibWritten write(Panel panel) {
    checkTarget();
    Map<Symbol, String> folders = folders(panel);
    try (AtomicFolder folder = AtomicFolder.create(target)) {
      StoredValues stored = new StoredValues(panel, volume.orElse(QlibVolume.SHARES));
      for (int f = 0; f < stored.fields().size(); f++) {
        String name = stored.fields().get(f).name() + BinFile.ENDING;
        for (int i = 0; i < panel.symbols().size(); i++) {
          Symbol symbol = panel.symbols().get(i);
          Path file = Path.of("features", folders.get(symbol), name);
          folder.writeUnforced(file, values(panel, stored, f, i));
        }
      }
      // The lists come last: without them nothing of a store is read.
      text(folder, "calendars/day.txt", calendar(panel));
      text(folder, "instruments/all.txt", instruments(panel));
      text(
          folder,
          StoreNote.file(Path.of("")).toString(),
          new StoreNote(
                  Optional.of(panel.adjustment()), Optional.of(volume.orElse(QlibVolume.SHARES)))
              .text());
      folder.publish(replace);
      return new QlibWritten(
          panel.symbols().size(),
          panel.days().size(),
          panel.fields().size(),
          stored.values(),
          stored.rounded());
    }
  }

  private void checkTarget() {
    boolean there = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    String name = AtomicFile.name(target);
    if (there && !replace) {
      throw QilinException.invalid(
          name + ": this is there already; a store is written to a folder of its own");
    }
    if (there && (Files.isSymbolicLink(target) || !QlibStore.isStore(target))) {
      throw QilinException.invalid(
          name + ": this is no Qlib store, so it is not replaced; name another folder");
    }
  }

  static Map<Symbol, String> folders(Panel panel) {
    Map<String, Symbol> owners = new HashMap<>();
    Map<Symbol, String> folders = new HashMap<>();
    for (Symbol symbol : panel.symbols()) {
      String folder = FolderNames.of(symbol);
      Symbol other = owners.putIfAbsent(folder, symbol);
      if (other != null) {
        throw QilinException.invalid(symbol + " and " + other + " would share the folder "
            + QilinException.quote(folder) + ", as Qlib's folders are in lower case");
      }
      if (!Symbol.parseAny(symbol.qlib()).equals(symbol)) {
        throw QilinException.invalid(symbol + " would be read back from a Qlib store as "
            + Symbol.parseAny(symbol.qlib()) + "; rename it");
      }
      folders.put(symbol, folder);
    }
    return folders;
  }

  private static String calendar(Panel panel) {
    StringBuilder text = new StringBuilder();
    for (LocalDate day : panel.days()) {
      text.append(day).append('\n');
    }
    return text.toString();
  }

  private static String instruments(Panel panel) {
    List<Symbol> order = new ArrayList<>(panel.symbols());
    order.sort(Comparator.comparing(Symbol::qlib));
    StringBuilder text = new StringBuilder();
    for (Symbol symbol : order) {
      int i = panel.indexOf(symbol);
      text.append(symbol.qlib())
          .append('\t')
          .append(panel.days().get(panel.firstRow(i)))
          .append('\t')
          .append(panel.days().get(panel.endRow(i) - 1))
          .append('\n');
    }
    return text.toString();
  }

  private static void text(AtomicFolder folder, String name, String text) {
    folder.write(Path.of(name), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static ByteBuffer values(Panel panel, StoredValues stored, int field, int instrument) {
    int from = panel.firstRow(instrument);
    int end = panel.endRow(instrument);
    BinFile.requirePlace(from);
    ByteBuffer bytes =
        ByteBuffer.allocate((end - from + 1) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(from);
    for (int day = from; day < end; day++) {
      bytes.putFloat(stored.value(field, instrument, day));
    }
    return bytes.flip();
  }
}
