package io.qilin.parquet;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.Column;
import io.qilin.data.table.RowFilter;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableLimits;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;

/** Reads a file, a row group a batch. */
final class ParquetTableReader implements TableReader {
  private final FileChannel channel;
  private final Footer footer;
  private final List<Leaf> needed;
  private final Map<String, String> leftOut;
  private final RowFilter filter;
  private final GroupFilter groups;
  private final TableLimits limits;
  private final Place place;
  private final Codec unpacking = new Codec();
  private final Room pieces = new Room();
  private int next;

  private ParquetTableReader(
      FileChannel channel,
      Footer footer,
      List<Leaf> needed,
      Map<String, String> leftOut,
      RowFilter filter,
      TableScan scan,
      Place place) {
    this.channel = channel;
    this.footer = footer;
    this.needed = needed;
    this.leftOut = Collections.unmodifiableMap(leftOut);
    this.filter = filter;
    this.groups = new GroupFilter(needed, scan.filters());
    this.limits = scan.limits();
    this.place = place;
  }

  static ParquetTableReader open(Path file, TableScan scan) {
    Place place = Place.of(file);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw place.error(ErrorCode.DATA_NOT_FOUND, "this is no file; name one to read", null);
    }
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      try {
        return open(channel, scan, place);
      } catch (QilinException e) {
        channel.close();
        throw e;
      } catch (RuntimeException e) {
        channel.close();
        throw place.malformed("its footer cannot be read", e);
      }
    } catch (NoSuchFileException e) {
      throw place.error(ErrorCode.DATA_NOT_FOUND, "there is no such file; check the path", e);
    } catch (IOException e) {
      throw place.error(ErrorCode.IO, "the file cannot be read", e);
    }
  }

  private static ParquetTableReader open(FileChannel channel, TableScan scan, Place place)
      throws IOException {
    Footer footer = Footer.read(channel, scan.limits(), place);
    // A group has several leaves of its name.
    List<String> names = footer.leaves().stream().map(Leaf::name).toList();
    Set<String> wanted = new HashSet<>(RowFilter.needed(names, scan));
    List<Leaf> needed = new ArrayList<>();
    List<TableField> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Map<String, String> leftOut = new LinkedHashMap<>();
    for (Leaf leaf : footer.leaves()) {
      if (leaf.meaning().isEmpty() && scan.leavesOut(leaf.name())) {
        leftOut.putIfAbsent(leaf.name(), leaf.described());
      } else if (wanted.contains(leaf.name())) {
        requireReadable(leaf, seen, place);
        needed.add(leaf);
        fields.add(new TableField(leaf.name(), leaf.meaning().orElseThrow().type()));
      }
    }
    RowFilter filter = RowFilter.of(new TableSchema(fields), scan);
    return new ParquetTableReader(
        channel, footer, List.copyOf(needed), leftOut, filter, scan, place);
  }

  private static void requireReadable(Leaf leaf, Set<String> seen, Place place) {
    Place at = place.column(leaf.name());
    if (leaf.meaning().isEmpty()) {
      throw at.unsupported("its type, " + leaf.described()
          + ", is not read, only flat numbers, moments, days, times, texts and truth values;"
          + " choose other columns in the scan, or convert it where the file is written");
    }
    if (leaf.name().isEmpty()) {
      throw place.unsupported("column " + (leaf.index() + 1)
          + " has no name; choose others in the scan, or name it where the file is written");
    }
    if (!seen.add(leaf.name())) {
      throw at.unsupported("two columns have this name; choose others in the scan, or rename one"
          + " where the file is written");
    }
  }

  @Override
  public TableSchema schema() {
    return filter.schema();
  }

  @Override
  public Map<String, String> leftOut() {
    return leftOut;
  }

  @Override
  public Optional<TableBatch> next() {
    while (next < footer.groups().size()) {
      int number = ++next;
      RowGroup group = footer.groups().get(number - 1);
      if (group.getNum_rows() > 0 && groups.mayAccept(group)) {
        Place at = place.group(number);
        try {
          return Optional.of(filter.apply(batch(group, at)));
        } catch (QilinException e) {
          next = Integer.MAX_VALUE;
          throw e;
        } catch (IOException e) {
          next = Integer.MAX_VALUE;
          throw at.error(ErrorCode.IO, "the file cannot be read", e);
        } catch (RuntimeException e) {
          next = Integer.MAX_VALUE;
          throw at.malformed("it cannot be read", e);
        }
      }
    }
    return Optional.empty();
  }

  private TableBatch batch(RowGroup group, Place at) throws IOException {
    if (group.getNum_rows() > limits.batchRows()) {
      throw at.tooLarge("it has " + group.getNum_rows() + " rows, more than " + limits.batchRows()
          + "; write smaller row groups, or raise TableLimits.batchRows");
    }
    int rows = (int) group.getNum_rows();
    Budget budget = new Budget(limits.batchBytes());
    List<Column> columns = new ArrayList<>(needed.size());
    for (Leaf leaf : needed) {
      columns.add(column(group, leaf, rows, budget, at.column(leaf.name())));
    }
    return new TableBatch(filter.needed(), columns);
  }

  private Column column(RowGroup group, Leaf leaf, int rows, Budget budget, Place at)
      throws IOException {
    ColumnMetaData data = group.getColumns().get(leaf.index()).getMeta_data();
    long length = data.getTotal_compressed_size();
    budget.take(length + Codec.PADDING, at);
    if (length > Integer.MAX_VALUE - 2 * Codec.PADDING) {
      throw at.tooLarge("it has " + length + " bytes in one row group; write smaller row groups");
    }
    byte[] bytes = pieces.of((int) length);
    Footer.read(channel, Footer.begin(data), bytes, (int) length);
    Column column = ChunkReader.read(
        new Bytes(bytes, 0, (int) length, at), leaf, data, unpacking, rows, budget, limits);
    budget.give(length + Codec.PADDING);
    return column;
  }

  @Override
  public void close() {
    next = Integer.MAX_VALUE;
    try {
      channel.close();
    } catch (IOException e) {
      throw place.error(ErrorCode.IO, "the file cannot be closed", e);
    }
  }
}
