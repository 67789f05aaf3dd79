package io.qilin.data.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.data.internal.Place;
import io.qilin.data.internal.bars.BarSettings;
import io.qilin.data.internal.bars.BarTable;
import io.qilin.data.internal.bars.FileName;
import io.qilin.data.internal.bars.FindingLog;
import io.qilin.data.internal.bars.PanelAssembly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One read of daily bars from tables. For use by one thread. */
final class TableRead {
  private final TableFormat format;
  private final BarSettings settings;
  private final TableLimits limits;
  private final BarQuery query;
  private final FindingLog log = new FindingLog();
  private final FindingLog columnLog = new FindingLog();
  private final BarTable table;
  private @Nullable Path firstFile;
  private @Nullable TableSchema firstSchema;
  private Optional<Adjustment> told = Optional.empty();

  TableRead(TableFormat format, BarSettings settings, TableLimits limits, BarQuery query) {
    this.format = format;
    this.settings = settings;
    this.limits = limits;
    this.query = query;
    this.table = new BarTable(settings.profile());
  }

  /** Reads the rows of a file that may answer the query. */
  void file(Path file, FileName name) {
    Place place = Place.of(file).counting("row");
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw place.error(ErrorCode.DATA_NOT_FOUND, "this is neither a file nor a folder");
    }
    TableScan all = TableScan.ALL.withLimits(limits).readable();
    BarColumns columns;
    try (TableReader reader = format.open(file, all)) {
      checkSchema(file, reader.schema());
      // What is left out is told once, not for every file of a folder.
      columns = BarColumns.of(
          reader.schema(),
          reader.leftOut(),
          settings,
          place,
          name.symbol().isEmpty(),
          file.equals(firstFile) ? log : columnLog);
    }
    boolean judged = columns.judged(settings);
    if (!judged && !name.answers(query) && !file.equals(settings.path())) {
      return;
    }
    List<TableFilter> filters = judged ? List.of() : BarFilters.of(query, columns);
    TableScan scan = all.withColumns(columns.names());
    for (TableFilter filter : filters) {
      scan = scan.where(filter);
    }
    rows(
        file, scan, new BatchRows(table, settings.profile(), columns, name, place), columns, place);
  }

  private void rows(Path file, TableScan scan, BatchRows rows, BarColumns columns, Place place) {
    table.beginFile(place);
    int before = table.rows();
    try (TableReader reader = format.open(file, scan)) {
      for (Optional<TableBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        rows.add(batch.get());
        if (columns.adjustment().isPresent()) {
          hear((TextColumn) batch.get().column(columns.adjustment().get()), place);
        }
      }
    }
    if (table.rows() == before && scan.filters().isEmpty()) {
      throw place.malformed("the table has no rows");
    }
  }

  private void checkSchema(Path file, TableSchema schema) {
    if (firstSchema == null) {
      firstFile = file;
      firstSchema = schema;
      return;
    }
    Map<String, ColumnType> expected = types(firstSchema);
    Map<String, ColumnType> actual = types(schema);
    if (!expected.equals(actual)) {
      expected.forEach((name, type) -> actual.remove(name, type));
      types(schema).forEach((name, type) -> expected.remove(name, type));
      throw Place.of(file)
          .malformed("the columns are not those of "
              + Place.name(java.util.Objects.requireNonNull(firstFile))
              + ": here " + shown(actual) + ", there " + shown(expected)
              + "; files of one folder have the same columns");
    }
  }

  /**
   * The types that have to be the same in all files: numbers of any width are one, since a column of whole numbers
   * becomes one of fractions in those files where a cell is missing.
   */
  private static Map<String, ColumnType> types(TableSchema schema) {
    Map<String, ColumnType> types = new TreeMap<>();
    schema.fields().forEach(field -> {
      boolean whole = field.type() == ColumnType.INT32 || field.type() == ColumnType.INT64;
      types.put(field.name(), whole ? ColumnType.FLOAT64 : field.type());
    });
    return types;
  }

  private static String shown(Map<String, ColumnType> types) {
    StringBuilder text = new StringBuilder();
    types.entrySet().stream()
        .limit(5)
        .forEach(entry -> text.append(text.length() == 0 ? "" : ", ")
            .append(QilinException.quote(entry.getKey()))
            .append(" of ")
            .append(entry.getValue()));
    return types.isEmpty() ? "no other" : text + (types.size() > 5 ? ", …" : "");
  }

  /** Takes in what the rows say about the adjustment; all must say the same. */
  private void hear(TextColumn words, Place place) {
    for (int row = 0; row < words.rows(); row++) {
      Optional<String> word = words.value(row);
      Adjustment said = Arrays.stream(Adjustment.values())
          .filter(value -> word.equals(Optional.of(value.name())))
          .findFirst()
          .orElseThrow(() -> place
              .column(BarColumns.ADJUSTMENT)
              .malformed("the adjustment is RAW, BACKWARD or FORWARD, was "
                  + QilinException.quote(word.orElse(""))));
      if (told.isPresent() && !told.get().equals(said)) {
        throw place
            .column(BarColumns.ADJUSTMENT)
            .malformed("rows say " + said + ", others " + told.get()
                + "; bars of one read have one adjustment");
      }
      told = Optional.of(said);
    }
  }

  /** The answer. */
  Bars bars() {
    BarSettings known = settings.adjustment().isPresent() || told.isEmpty()
        ? settings
        : settings.withAdjustment(told.get());
    return new PanelAssembly(known, table, log).bars(query);
  }
}
