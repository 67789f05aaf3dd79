package io.qilin.data.arrow;

import io.qilin.api.error.QilinException;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.RowFilter;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableLimits;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/** A table in the Arrow IPC format. Of a file only the columns that the scan needs are read. */
final class ArrowReader implements TableReader {
  private final ByteSource source;
  private final MessageFeed feed;
  private final StoredSchema stored;
  private final List<Integer> needed;
  private final Map<String, String> leftOut;
  private final RowFilter filter;
  private final TableLimits limits;
  private final Where where;
  private final Map<Long, WordDictionary> dictionaries = new HashMap<>();
  private final InstalledZstd zstd = new InstalledZstd();
  private int batches;
  private boolean ended;

  private ArrowReader(
      ByteSource source,
      MessageFeed feed,
      StoredSchema stored,
      List<Integer> needed,
      Map<String, String> leftOut,
      RowFilter filter,
      TableLimits limits,
      Where where) {
    this.source = source;
    this.feed = feed;
    this.stored = stored;
    this.needed = needed;
    this.leftOut = Collections.unmodifiableMap(leftOut);
    this.filter = filter;
    this.limits = limits;
    this.where = where;
  }

  /** Begins to read a file with a footer. */
  static ArrowReader ofFile(ByteSource source, TableScan scan, Where where) {
    ArrowFooter footer = ArrowFooter.read(source, scan.limits(), where);
    MessageFeed feed = MessageFeed.file(source, footer.blocks(), scan.limits(), where);
    return open(source, feed, footer.schema(), scan, where);
  }

  /** Begins to read a stream. */
  static ArrowReader ofStream(ByteSource source, TableScan scan, Where where) {
    TableLimits limits = scan.limits();
    StoredMessage first = StoredMessage.at(source, 0, limits, where)
        .orElseThrow(() -> where.broken("it has no schema"));
    if (first.kind() == MessageHeader.Tensor || first.kind() == MessageHeader.SparseTensor) {
      throw where.unsupported("it holds a tensor; only tables are read");
    }
    if (first.kind() != MessageHeader.Schema) {
      throw where.broken("it does not begin with a schema");
    }
    StoredSchema schema = FlatBuffer.read(
        where,
        () -> SchemaReader.read(
            (Schema) first.metadata().header(new Schema()), first.version(), limits, where));
    MessageFeed feed = MessageFeed.stream(source, first.end(), limits, where);
    return open(source, feed, schema, scan, where);
  }

  private static ArrowReader open(
      ByteSource source, MessageFeed feed, StoredSchema stored, TableScan scan, Where where) {
    Set<String> names = new HashSet<>(RowFilter.needed(stored.names(), scan));
    List<Integer> needed = new ArrayList<>();
    List<TableField> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Map<String, String> leftOut = new LinkedHashMap<>();
    for (int i = 0; i < stored.fields().size(); i++) {
      StoredField field = stored.fields().get(i);
      if (names.contains(field.name())) {
        requireName(seen.add(field.name()), field, i, where);
        if (!isSurelyRead(field) && scan.leavesOut(field.name())) {
          leftOut.put(field.name(), field.described());
          continue;
        }
        needed.add(i);
        fields.add(new TableField(field.name(), type(field, where)));
      }
    }
    RowFilter filter = RowFilter.of(new TableSchema(fields), scan);
    ArrowReader reader = new ArrowReader(
        source, feed, stored, List.copyOf(needed), leftOut, filter, scan.limits(), where);
    reader.prepareDictionaries();
    return reader;
  }

  private static void requireName(boolean isNew, StoredField field, int place, Where where) {
    if (field.name().isEmpty()) {
      throw where.unsupported("column " + place + " has no name; choose others in the scan, or"
          + " name it where the file is written");
    }
    if (!isNew) {
      throw where.unsupported("two columns have the name " + QilinException.quote(field.name())
          + "; choose others in the scan, or rename one where the file is written");
    }
  }

  /** Whether it is of a type that is read; bytes may be no texts, so that they are left out where that is allowed. */
  private static boolean isSurelyRead(StoredField field) {
    return field.type().isPresent()
        && (field.codes().isEmpty() || field.type().get().kind().isText())
        && !field.type().get().kind().isBytes();
  }

  private static ColumnType type(StoredField field, Where where) {
    Where column = where.column(field.name());
    if (field.codes().isPresent()) {
      if (field.type().isEmpty() || !field.type().get().kind().isText()) {
        throw column.unsupported("a dictionary of " + field.described()
            + " is not read, only one of texts; choose other columns in the scan");
      }
      return ColumnType.TEXT;
    }
    return field
        .type()
        .orElseThrow(() -> column.unsupported("the type " + field.described()
            + " is not read, only flat numbers, moments, days, times, texts and truth values;"
            + " choose other columns in the scan, or convert it where the file is written"))
        .kind()
        .type();
  }

  private void prepareDictionaries() {
    for (int place : needed) {
      StoredField field = stored.fields().get(place);
      field.codes().ifPresent(codes -> {
        CellType.Kind kind = field.type().orElseThrow().kind();
        WordDictionary shared =
            dictionaries.computeIfAbsent(codes.dictionary(), id -> new WordDictionary(kind));
        if (shared.kind() != kind) {
          throw where
              .column(field.name())
              .broken("dictionary " + codes.dictionary() + " is shared by columns of two types");
        }
      });
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
    if (ended) {
      return Optional.empty();
    }
    boolean well = false;
    try {
      Optional<TableBatch> batch = read();
      well = batch.isPresent();
      return batch;
    } finally {
      ended = !well;
    }
  }

  private Optional<TableBatch> read() {
    while (true) {
      Optional<StoredMessage> message = feed.next();
      if (message.isEmpty()) {
        return Optional.empty();
      }
      switch (message.get().kind()) {
        case MessageHeader.RecordBatch -> {
          return Optional.of(batch(message.get(), where.batch(batches++)));
        }
        case MessageHeader.DictionaryBatch -> dictionary(message.get());
        default ->
          throw where.broken(
              "a message of the kind " + message.get().kind() + " where a batch should be");
      }
    }
  }

  private TableBatch batch(StoredMessage message, Where place) {
    BatchHead head = FlatBuffer.read(
        place,
        () -> BatchHead.read(
            (RecordBatch) message.metadata().header(new RecordBatch()),
            stored.fields(),
            message.bodyLength(),
            limits,
            place));
    MemoryBudget budget = budget(message, place);
    ByteSource.Body body = source.body(message.body(), message.bodyLength(), place);
    BodyBuffers buffers =
        new BodyBuffers(body, head, stored.order(), budget, limits.compressionRatio(), zstd);
    List<Column> columns = new ArrayList<>(needed.size());
    for (int i : needed) {
      columns.add(
          column(i, head, buffers, budget, place.column(stored.fields().get(i).name())));
    }
    return filter.apply(new TableBatch(filter.needed(), columns));
  }

  /** What is left for a batch beside the dictionaries, and for a stream beside the body. */
  private MemoryBudget budget(StoredMessage message, Where place) {
    MemoryBudget budget = new MemoryBudget(limits.batchBytes());
    dictionaries.values().forEach(dictionary -> budget.take(dictionary.bytes(), place));
    budget.take(source.bodyMemory(message.bodyLength()), place);
    return budget;
  }

  private Column column(
      int i, BatchHead head, BodyBuffers buffers, MemoryBudget budget, Where place) {
    StoredField field = stored.fields().get(i);
    CellType type = field.type().orElseThrow();
    int first = head.firstBuffer(i);
    int nulls = head.nulls(i);
    ColumnDecoder decoder = new ColumnDecoder(buffers, budget, head.rows());
    if (field.codes().isPresent()) {
      StoredField.Codes codes = field.codes().get();
      WordDictionary dictionary = dictionaries.get(codes.dictionary());
      if (dictionary == null) {
        throw place.broken("its dictionary is not there");
      }
      return dictionary.column(
          decoder.codes(codes.index(), dictionary.size(), first, nulls, place));
    }
    if (type.kind().isText()) {
      WordList words = new WordList(limits.textBytes(), type.kind().isBytes());
      int[] codes =
          new TextDecoder(buffers, budget, head.rows()).codes(type.kind(), head, i, words, place);
      return words.column(codes);
    }
    return decoder.decode(type, first, nulls, place);
  }

  private void dictionary(StoredMessage message) {
    Where outer = where.part("a dictionary");
    DictionaryBatch batch = FlatBuffer.read(
        outer,
        () -> FlatBuffer.present(outer, "dictionary", (DictionaryBatch)
            message.metadata().header(new DictionaryBatch())));
    long id = FlatBuffer.read(outer, batch::id);
    WordDictionary dictionary = dictionaries.get(id);
    if (dictionary == null) {
      return;
    }
    Where place = where.part("dictionary " + id);
    boolean delta = FlatBuffer.read(place, batch::isDelta);
    if (!delta && dictionary.isThere() && !feed.allowsReplacement()) {
      throw place.broken("it comes twice, which a file does not allow");
    }
    StoredField entries = StoredField.words(dictionary.kind());
    BatchHead head = FlatBuffer.read(
        place,
        () -> BatchHead.read(batch.data(), List.of(entries), message.bodyLength(), limits, place));
    MemoryBudget budget = budget(message, place);
    ByteSource.Body body = source.body(message.body(), message.bodyLength(), place);
    BodyBuffers buffers =
        new BodyBuffers(body, head, stored.order(), budget, limits.compressionRatio(), zstd);
    WordList words = new WordList(limits.textBytes(), dictionary.kind().isBytes());
    int[] codes = new TextDecoder(buffers, budget, head.rows())
        .codes(dictionary.kind(), head, 0, words, place);
    long cost = words.memory() + 4L * codes.length;
    if (delta) {
      dictionary.append(codes, words.words(), cost);
    } else {
      dictionary.replace(codes, words.words(), cost);
    }
  }

  @Override
  public void close() {
    ended = true;
    source.close();
  }
}
