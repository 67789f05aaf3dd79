package io.qilin.data.csv;

import io.qilin.data.internal.Place;
import io.qilin.data.table.ColumnType;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the first rows of a file tell.
 *
 * @param names the names of the columns
 * @param types what their cells are taken for
 */
record CsvHead(List<String> names, List<ColumnType> types) {
  private static final int ROWS = 10_000;

  /** Reads the beginning of a file. */
  static CsvHead read(Path file, Charset charset, CsvLimits limits) {
    Forms forms = new Forms();
    TableRows rows = new TableRows(Place.of(file), limits, forms);
    forms.header = rows.header();
    try (CsvText.Cursor cursor = CsvText.open(file, charset, limits, rows, rows::place)) {
      while (rows.rows() < ROWS && cursor.advance()) {
        forms.prepare();
      }
    }
    if (rows.header().isEmpty()) {
      throw Place.of(file).malformed("the file is empty; a header is expected");
    }
    forms.prepare();
    return new CsvHead(
        List.copyOf(rows.header()), forms.forms.stream().map(CellForm::decide).toList());
  }

  /** Looks at each cell of the head. */
  private static final class Forms implements TableRows.Sink {
    private final List<CellForm> forms = new ArrayList<>();
    private List<String> header = List.of();

    void prepare() {
      while (forms.size() < header.size()) {
        forms.add(new CellForm(header.get(forms.size())));
      }
    }

    @Override
    public void cell(int column, char[] text, int from, int to, boolean quoted) {
      prepare();
      forms.get(column).see(text, Trim.from(text, from, to), Trim.to(text, from, to));
    }
  }
}
