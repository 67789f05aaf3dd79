package io.qilin.data.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** The formats that are installed, found by the ends of files' names. Immutable and safe to share. */
public final class TableFormats {
  private final List<TableFormat> formats;

  private TableFormats(List<TableFormat> formats) {
    this.formats = formats;
  }

  /** The formats that the class path or module path of the calling thread offers. */
  public static TableFormats discover() {
    List<TableFormat> found = new ArrayList<>();
    ServiceLoader.load(TableFormat.class).forEach(found::add);
    found.sort(Comparator.comparing(TableFormat::id));
    return new TableFormats(List.copyOf(found));
  }

  /** The names of the formats, sorted. */
  public List<String> ids() {
    return formats.stream().map(TableFormat::id).toList();
  }

  /** The format of a file, by its name; the longest end that fits decides. Empty if none fits. */
  public Optional<TableFormat> find(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    TableFormat best = null;
    int length = 0;
    for (TableFormat format : formats) {
      for (String suffix : format.suffixes()) {
        if (name.endsWith(suffix) && suffix.length() > length) {
          best = format;
          length = suffix.length();
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * The format of a file, by its name.
   *
   * @throws QilinException UNSUPPORTED with the ends that are known
   */
  public TableFormat of(Path file) {
    return find(file)
        .orElseThrow(() -> new QilinException(
            ErrorCode.UNSUPPORTED,
            "no format that is installed reads "
                + QilinException.quote(String.valueOf(file.getFileName()))
                + "; known ends are "
                + formats.stream().flatMap(f -> f.suffixes().stream()).sorted().toList()
                + " (Parquet needs the artifact qilin-parquet)"));
  }
}
