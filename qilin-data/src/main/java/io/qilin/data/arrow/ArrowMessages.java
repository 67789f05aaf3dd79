package io.qilin.data.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.DictionaryKind;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/**
 * The metadata that is written: FlatBuffers by the schemas {@code Message.fbs} and {@code File.fbs} of Apache Arrow,
 * version V5.
 */
final class ArrowMessages {
  private static final int START = 1024;

  private ArrowMessages() {}

  /** Where a message stands in the file. */
  record Place(long offset, int metadata, long body) {}

  /**
   * The message that a stream begins with.
   *
   * @param dictionaries the columns that are dictionary-encoded; the number of each dictionary is that of its column
   */
  static byte[] schema(TableSchema schema, BitSet dictionaries) {
    FlatBufferBuilder out = new FlatBufferBuilder(START);
    return message(out, MessageHeader.Schema, schema(out, schema, dictionaries), 0);
  }

  /** The message before the body of a batch. */
  static byte[] batch(List<EncodedColumn> columns, int rows) {
    FlatBufferBuilder out = new FlatBufferBuilder(START);
    return message(out, MessageHeader.RecordBatch, batch(out, columns, rows), body(columns));
  }

  /** The message before the words of a dictionary. */
  static byte[] dictionary(int id, EncodedColumn words, int count, boolean delta) {
    FlatBufferBuilder out = new FlatBufferBuilder(START);
    int data = batch(out, List.of(words), count);
    int batch = DictionaryBatch.createDictionaryBatch(out, id, data, delta);
    return message(out, MessageHeader.DictionaryBatch, batch, body(List.of(words)));
  }

  private static int batch(FlatBufferBuilder out, List<EncodedColumn> columns, int rows) {
    int count = columns.stream().mapToInt(column -> column.buffers().size()).sum();
    RecordBatch.startBuffersVector(out, count);
    long offset = body(columns);
    for (int c = columns.size() - 1; c >= 0; c--) {
      List<EncodedColumn.Part> buffers = columns.get(c).buffers();
      for (int b = buffers.size() - 1; b >= 0; b--) {
        long length = buffers.get(b).length();
        offset -= length + ChunkOutput.padding(length);
        Buffer.createBuffer(out, offset, length);
      }
    }
    int buffers = out.endVector();
    RecordBatch.startNodesVector(out, columns.size());
    for (int c = columns.size() - 1; c >= 0; c--) {
      FieldNode.createFieldNode(out, rows, columns.get(c).nulls());
    }
    int nodes = out.endVector();
    RecordBatch.startRecordBatch(out);
    RecordBatch.addLength(out, rows);
    RecordBatch.addNodes(out, nodes);
    RecordBatch.addBuffers(out, buffers);
    return RecordBatch.endRecordBatch(out);
  }

  /** The length of the body of a batch. */
  static long body(List<EncodedColumn> columns) {
    long sum = 0;
    for (EncodedColumn column : columns) {
      for (EncodedColumn.Part buffer : column.buffers()) {
        sum += buffer.length() + ChunkOutput.padding(buffer.length());
      }
    }
    return sum;
  }

  /** The directory at the end of a file. */
  static byte[] footer(
      TableSchema fields, BitSet encoded, List<Place> dictionaries, List<Place> batches) {
    FlatBufferBuilder out = new FlatBufferBuilder(START);
    int schema = schema(out, fields, encoded);
    Footer.startDictionariesVector(out, dictionaries.size());
    int words = blocks(out, dictionaries);
    Footer.startRecordBatchesVector(out, batches.size());
    int blocks = blocks(out, batches);
    Footer.startFooter(out);
    Footer.addVersion(out, MetadataVersion.V5);
    Footer.addSchema(out, schema);
    Footer.addDictionaries(out, words);
    Footer.addRecordBatches(out, blocks);
    out.finish(Footer.endFooter(out));
    return out.sizedByteArray();
  }

  private static int blocks(FlatBufferBuilder out, List<Place> places) {
    for (int i = places.size() - 1; i >= 0; i--) {
      Place place = places.get(i);
      Block.createBlock(out, place.offset(), place.metadata(), place.body());
    }
    return out.endVector();
  }

  private static int schema(FlatBufferBuilder out, TableSchema schema, BitSet dictionaries) {
    int[] offsets = new int[schema.fields().size()];
    for (int i = 0; i < offsets.length; i++) {
      int encoding = dictionaries.get(i)
          ? DictionaryEncoding.createDictionaryEncoding(
              out, i, Int.createInt(out, Integer.SIZE, true), false, DictionaryKind.DenseArray)
          : 0;
      offsets[i] = field(out, schema.fields().get(i), encoding);
    }
    int vector = Schema.createFieldsVector(out, offsets);
    Schema.startSchema(out);
    Schema.addEndianness(out, Endianness.Little);
    Schema.addFields(out, vector);
    return Schema.endSchema(out);
  }

  private static int field(FlatBufferBuilder out, TableField field, int encoding) {
    int name = out.createString(field.name());
    int type = type(out, field.type());
    int children = Field.createChildrenVector(out, new int[0]);
    Field.startField(out);
    Field.addName(out, name);
    Field.addNullable(out, true);
    Field.addTypeType(out, tag(field.type()));
    Field.addType(out, type);
    if (encoding != 0) {
      Field.addDictionary(out, encoding);
    }
    Field.addChildren(out, children);
    return Field.endField(out);
  }

  private static byte tag(ColumnType type) {
    return switch (type) {
      case FLOAT64 -> Type.FloatingPoint;
      case INT32, INT64 -> Type.Int;
      case DATE -> Type.Date;
      case TIMESTAMP -> Type.Timestamp;
      case TIME -> Type.Time;
      case TEXT -> Type.Utf8;
      case BOOLEAN -> Type.Bool;
    };
  }

  private static int type(FlatBufferBuilder out, ColumnType type) {
    return switch (type) {
      case FLOAT64 -> FloatingPoint.createFloatingPoint(out, Precision.DOUBLE);
      case INT32 -> Int.createInt(out, Integer.SIZE, true);
      case INT64 -> Int.createInt(out, Long.SIZE, true);
      case DATE -> Date.createDate(out, DateUnit.DAY);
      case TIMESTAMP ->
        Timestamp.createTimestamp(out, TimeUnit.NANOSECOND, out.createString("UTC"));
      case TIME -> Time.createTime(out, TimeUnit.NANOSECOND, Long.SIZE);
      case TEXT -> {
        Utf8.startUtf8(out);
        yield Utf8.endUtf8(out);
      }
      case BOOLEAN -> {
        Bool.startBool(out);
        yield Bool.endBool(out);
      }
    };
  }

  /** A message with the prefix of its length, filled up to the alignment. */
  private static byte[] message(FlatBufferBuilder out, byte kind, int header, long body) {
    out.finish(Message.createMessage(out, MetadataVersion.V5, kind, header, body, 0));
    ByteBuffer metadata = out.dataBuffer();
    int length = metadata.remaining() + ChunkOutput.padding(metadata.remaining());
    ByteBuffer framed =
        ByteBuffer.allocate(2 * Integer.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
    framed.putInt(-1).putInt(length).put(metadata);
    return framed.array();
  }
}
