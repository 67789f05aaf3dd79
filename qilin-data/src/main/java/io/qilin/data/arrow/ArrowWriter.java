package io.qilin.data.arrow;

import io.qilin.api.error.QilinException;
import io.qilin.data.table.Column;
import io.qilin.data.table.ShanghaiClock;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import io.qilin.data.table.TextColumn;
import io.qilin.data.table.TimesOfDay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a table as an Arrow IPC file or stream; the layout is that of Arrow's columnar format, version 1.5. Only one
 * batch at a time is in memory, and the words of dictionaries. A batch that is refused leaves no byte behind.
 *
 * <p>In a stream a dictionary comes before the batch that needs it, its later words as deltas. In a file it stands once,
 * behind the batches, as the format allows: Arrow Java does not read deltas in files.
 */
final class ArrowWriter implements TableWriter {
  /** Continuation and a length of zero: no more messages. */
  private static final byte[] END = {-1, -1, -1, -1, 0, 0, 0, 0};

  private final ArrowSink sink;
  private final ChunkOutput out;
  private final TableSchema schema;
  private final boolean file;
  private final BitSet encoded = new BitSet();
  private final Map<Integer, WrittenWords> dictionaries = new HashMap<>();
  private final List<ArrowMessages.Place> words = new ArrayList<>();
  private final List<ArrowMessages.Place> batches = new ArrayList<>();
  private boolean begun;
  private boolean ended;

  ArrowWriter(ArrowSink sink, TableSchema schema, boolean file) {
    this.sink = sink;
    this.out = new ChunkOutput(sink.stream());
    this.schema = schema;
    this.file = file;
  }

  @Override
  public void write(TableBatch batch) {
    requireOpen();
    if (!batch.schema().equals(schema)) {
      throw QilinException.invalid("a batch of the columns " + batch.schema().fields()
          + " does not fit the table " + schema.fields());
    }
    Map<Integer, UsedWords> used = new HashMap<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      String name = schema.fields().get(i).name();
      // Arrow's days end before 24:00: Schema.fbs, Time.
      TimesOfDay.require(name, batch.columns().get(i), ShanghaiClock.DAY - 1);
      if (batch.columns().get(i) instanceof TextColumn texts) {
        used.put(i, UsedWords.of(name, texts));
      }
    }
    ended = true;
    try {
      if (!begun) {
        used.forEach((column, texts) -> encoded.set(column, texts.isSmallerAsDictionary()));
        begin();
      }
      writeBatch(batch, used);
      if (!file) {
        out.flush();
        sink.flush();
      }
      ended = false;
    } catch (IOException e) {
      throw sink.failure(e);
    }
  }

  private void begin() throws IOException {
    begun = true;
    if (file) {
      out.write(ArrowFooter.MAGIC);
      out.pad();
    }
    out.write(ArrowMessages.schema(schema, encoded));
    encoded.stream().forEach(column -> dictionaries.put(column, new WrittenWords()));
  }

  private void writeBatch(TableBatch batch, Map<Integer, UsedWords> used) throws IOException {
    List<EncodedColumn> columns = new ArrayList<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      Column column = batch.columns().get(i);
      UsedWords texts = used.get(i);
      columns.add(
          column instanceof TextColumn cells && texts != null
              ? texts(i, cells, texts)
              : ColumnEncoder.encode(column));
    }
    batches.add(writeMessage(ArrowMessages.batch(columns, batch.rows()), columns));
  }

  private EncodedColumn texts(int column, TextColumn cells, UsedWords used) throws IOException {
    WrittenWords dictionary = dictionaries.get(column);
    if (dictionary == null) {
      return ColumnEncoder.texts(cells, used);
    }
    int[] places = dictionary.add(cells, used);
    if (!file) {
      writeWords(column, dictionary);
    }
    return ColumnEncoder.references(cells, places);
  }

  private void writeWords(int column, WrittenWords dictionary) throws IOException {
    if (dictionary.isPending()) {
      boolean delta = dictionary.isBegun();
      List<byte[]> fresh = dictionary.take();
      EncodedColumn entries = ColumnEncoder.words(fresh);
      byte[] message = ArrowMessages.dictionary(column, entries, fresh.size(), delta);
      words.add(writeMessage(message, List.of(entries)));
    }
  }

  private ArrowMessages.Place writeMessage(byte[] message, List<EncodedColumn> columns)
      throws IOException {
    long start = out.position();
    out.write(message);
    for (EncodedColumn column : columns) {
      for (EncodedColumn.Part buffer : column.buffers()) {
        buffer.content().writeTo(out);
        out.pad();
      }
    }
    return new ArrowMessages.Place(start, message.length, ArrowMessages.body(columns));
  }

  @Override
  public void commit() {
    requireOpen();
    ended = true;
    try {
      if (!begun) {
        begin();
      }
      if (file) {
        for (int column : encoded.stream().toArray()) {
          writeWords(column, dictionaries.getOrDefault(column, new WrittenWords()));
        }
      }
      out.write(END);
      if (file) {
        byte[] footer = ArrowMessages.footer(schema, encoded, words, batches);
        out.write(footer);
        out.room(Integer.BYTES).putInt(footer.length);
        out.write(ArrowFooter.MAGIC);
      }
      out.flush();
      sink.publish();
    } catch (IOException e) {
      throw sink.failure(e);
    }
  }

  @Override
  public void close() {
    ended = true;
    try {
      sink.close();
    } catch (IOException e) {
      throw sink.failure(e);
    }
  }

  private void requireOpen() {
    if (ended) {
      throw QilinException.invalid(
          "the table is ended, or an error has ended it; nothing more can be written");
    }
  }
}
