package io.qilin.core.report;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A small table for people, printed on a terminal by {@link #render} or on a page by {@link HtmlReport}. Columns line
 * up also where Chinese and Latin text mix; decimal columns line up on the point. Cells are shown on one line; what
 * would control a terminal is shown as an escape.
 *
 * <pre>
 * symbol     name      close
 * ─────────  ────────  ──────
 * 600519.SH  贵州茅台  1,690.5
 * </pre>
 *
 * <p>Immutable and safe to share.
 */
public final class TextTable {
  /** Where a cell's text stands in its column. */
  public enum Align {
    /** At the left, for words. */
    LEFT,
    /** At the right, for counts. */
    RIGHT,
    /** With the decimal points in one line. */
    DECIMAL
  }

  /** Lines of the printed table. */
  public enum Border {
    /** Only ASCII: a dashed line below the titles. */
    ASCII,
    /** A thin line below the titles. */
    LINE,
    /** A frame of box-drawing characters. */
    BOX
  }

  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final List<Column> columns;
  private final List<List<String>> rows;

  private TextTable(List<Column> columns, List<List<String>> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** Starts a table. */
  public static Builder builder() {
    return new Builder();
  }

  /** The number of rows. */
  public int size() {
    return rows.size();
  }

  List<Column> columns() {
    return columns;
  }

  /** The cells of one column, as they were given but on one line each. */
  List<String> cells(int column) {
    return rows.stream().map(row -> row.get(column)).toList();
  }

  /** The table as lines of text, each ended by {@code \n}, with no blanks at their ends. */
  public String render(Border border) {
    Objects.requireNonNull(border, "border");
    List<List<String>> texts = new ArrayList<>();
    int[] widths = new int[columns.size()];
    for (int c = 0; c < widths.length; c++) {
      Column column = columns.get(c);
      List<String> cells = new ArrayList<>();
      for (String cell :
          column.align() == Align.DECIMAL ? DecimalColumn.align(cells(c), " ", " ") : cells(c)) {
        cells.add(DisplayWidth.truncate(cell, column.maxCells()));
      }
      widths[c] = DisplayWidth.of(column.title());
      for (String cell : cells) {
        widths[c] = Math.max(widths[c], DisplayWidth.of(cell));
      }
      texts.add(cells);
    }
    return new TableLines(this, texts, widths, border).render();
  }

  /** The table with thin lines. */
  @Override
  public String toString() {
    return render(Border.LINE);
  }

  /** Title, place and greatest width of a column. */
  record Column(String title, Align align, int maxCells) {}

  /** Collects columns, then rows. Not thread-safe. */
  public static final class Builder {
    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    private Builder() {}

    /** Adds a column for words. */
    public Builder column(String title) {
      return column(title, Align.LEFT, NO_LIMIT);
    }

    /** Adds a column. */
    public Builder column(String title, Align align) {
      return column(title, align, NO_LIMIT);
    }

    /**
     * Adds a column whose cells are cut, with an ellipsis, when they are wider.
     *
     * @param maxCells the most cells of a terminal, at least 1
     * @throws QilinException INVALID_ARGUMENT after the first row, or if maxCells is less than 1
     */
    public Builder column(String title, Align align, int maxCells) {
      Objects.requireNonNull(align, "align");
      if (!rows.isEmpty() || maxCells < 1) {
        throw QilinException.invalid(
            "a column of at least one cell must be added before the first row; got " + maxCells
                + " cells after " + rows.size() + " rows");
      }
      columns.add(new Column(VisibleText.oneLine(title), align, maxCells));
      return this;
    }

    /**
     * Adds a row.
     *
     * @throws QilinException INVALID_ARGUMENT unless there is one cell for each column
     */
    public Builder row(String... cells) {
      return row(List.of(cells));
    }

    /**
     * Adds a row.
     *
     * @throws QilinException INVALID_ARGUMENT unless there is one cell for each column
     */
    public Builder row(List<String> cells) {
      if (cells.size() != columns.size()) {
        throw QilinException.invalid("row " + (rows.size() + 1) + " has " + cells.size()
            + " cells, the table has " + columns.size() + " columns");
      }
      rows.add(cells.stream().map(VisibleText::oneLine).toList());
      return this;
    }

    /**
     * The table.
     *
     * @throws QilinException INVALID_ARGUMENT without any column
     */
    public TextTable build() {
      if (columns.isEmpty()) {
        throw QilinException.invalid("a table needs at least one column");
      }
      return new TextTable(List.copyOf(columns), List.copyOf(rows));
    }
  }
}
