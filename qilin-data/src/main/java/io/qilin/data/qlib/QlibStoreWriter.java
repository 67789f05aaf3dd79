package io.qilin.data.qlib;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
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
 * {@link QlibStore} refuses with their names. Immutable and safe to share.
 */
public final class QlibStoreWriter {
  private static final long MAX_EXACT_PLACE = 1 << 24;

  private final Path target;
  private final QlibVolume volume;
  private final boolean replace;

  private QlibStoreWriter(Path target, QlibVolume volume, boolean replace) {
    this.target = target;
    this.volume = volume;
    this.replace = replace;
  }

  /** A writer of a new store: a folder that does not exist yet. Volume is counted in shares. */
  public static QlibStoreWriter to(Path target) {
    return new QlibStoreWriter(Objects.requireNonNull(target, "target"), QlibVolume.SHARES, false);
  }

  /** The same writer, counting volume so. {@link QlibVolume#ADJUSTED} needs the field factor. */
  public QlibStoreWriter volume(QlibVolume counted) {
    return new QlibStoreWriter(target, Objects.requireNonNull(counted, "counted"), replace);
  }

  /** The same writer, which replaces a Qlib store that is there. Any other file or folder is never replaced. */
  public QlibStoreWriter replacing() {
    return new QlibStoreWriter(target, volume, true);
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
      Rounding rounding = new Rounding();
      for (Field field : panel.fields()) {
        PanelColumn column = panel.column(field);
        for (int i = 0; i < panel.symbols().size(); i++) {
          Symbol symbol = panel.symbols().get(i);
          Path file = Path.of("features", folders.get(symbol), field.name() + ".day.bin");
          folder.writeUnforced(file, values(panel, field, column, i, rounding));
        }
      }
      // The lists come last: without them nothing of a store is read.
      text(folder, "calendars/day.txt", calendar(panel));
      text(folder, "instruments/all.txt", instruments(panel));
      text(
          folder,
          StoreNote.file(Path.of("")).toString(),
          new StoreNote(Optional.of(panel.adjustment()), volume).text());
      folder.publish(replace);
      return new QlibWritten(
          panel.symbols().size(),
          panel.days().size(),
          panel.fields().size(),
          rounding.values,
          rounding.rounded);
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

  private static Map<Symbol, String> folders(Panel panel) {
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

  private ByteBuffer values(
      Panel panel, Field field, PanelColumn column, int instrument, Rounding rounding) {
    int from = panel.firstRow(instrument);
    int end = panel.endRow(instrument);
    if (from > MAX_EXACT_PLACE) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a store holds at most " + MAX_EXACT_PLACE + " days before an instrument begins");
    }
    boolean adjust = volume == QlibVolume.ADJUSTED && field.equals(Field.VOLUME);
    ByteBuffer bytes =
        ByteBuffer.allocate((end - from + 1) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(from);
    for (int day = from; day < end; day++) {
      double value = column.value(instrument, day);
      if (adjust) {
        value /= panel.value(Field.FACTOR, instrument, day);
      }
      bytes.putFloat(rounding.round(value, panel, field, instrument, day));
    }
    return bytes.flip();
  }

  /** Rounds and counts. */
  private static final class Rounding {
    private long values;
    private long rounded;

    float round(double value, Panel panel, Field field, int instrument, int day) {
      float near = (float) value;
      if (Float.isInfinite(near) && !Double.isInfinite(value)) {
        throw QilinException.invalid(field + " of " + panel.symbols().get(instrument) + " on "
            + panel.days().get(day) + " is " + value + ", too large for the float32 of a store");
      }
      values += Double.isNaN(value) ? 0 : 1;
      rounded += Double.isNaN(value) || near == value ? 0 : 1;
      return near;
    }
  }
}
