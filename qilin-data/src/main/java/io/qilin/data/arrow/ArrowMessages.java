package io.qilin.data.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
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
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/**
 * The metadata of the Arrow IPC format: FlatBuffers by the schemas {@code Message.fbs} and
 * {@code File.fbs} of Apache Arrow, version V5.
 */
final class ArrowMessages {
  /** All parts of a file begin at multiples of this. */
  static final int ALIGNMENT = 8;

  private static final int START = 1024;

  private ArrowMessages() {}

  /** Where a batch stands in the file. */
  record Place(long offset, int metadata, long body) {}

  /** How many bytes bring a length to the alignment. */
  static int padding(long length) {
    return (int) (-length & (ALIGNMENT - 1));
  }

  /** The message that a stream begins with. */
  static byte[] schema(List<ArrowField> fields) {
    FlatBufferBuilder out = new FlatBufferBuilder(START);
    return message(out, MessageHeader.Schema, schema(out, fields), 0);
  }

  /** The message before the body of a batch. */
  static byte[] batch(List<ArrowColumn> columns, int rows) {
    FlatBufferBuilder out = new FlatBufferBuilder(START);
    int count = columns.stream().mapToInt(column -> column.buffers().size()).sum();
    RecordBatch.startBuffersVector(out, count);
    long body = body(columns);
    long offset = body;
    for (int c = columns.size() - 1; c >= 0; c--) {
      List<byte[]> buffers = columns.get(c).buffers();
      for (int b = buffers.size() - 1; b >= 0; b--) {
        int length = buffers.get(b).length;
        offset -= length + padding(length);
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
    int batch = RecordBatch.endRecordBatch(out);
    return message(out, MessageHeader.RecordBatch, batch, body);
  }

  /** The length of the body of a batch. */
  static long body(List<ArrowColumn> columns) {
    long sum = 0;
    for (ArrowColumn column : columns) {
      for (byte[] buffer : column.buffers()) {
        sum += buffer.length + padding(buffer.length);
      }
    }
    return sum;
  }

  /** The directory at the end of a file. */
  static byte[] footer(List<ArrowField> fields, List<Place> batches) {
    FlatBufferBuilder out = new FlatBufferBuilder(START);
    int schema = schema(out, fields);
    Footer.startDictionariesVector(out, 0);
    int dictionaries = out.endVector();
    Footer.startRecordBatchesVector(out, batches.size());
    for (int i = batches.size() - 1; i >= 0; i--) {
      Place place = batches.get(i);
      Block.createBlock(out, place.offset(), place.metadata(), place.body());
    }
    int blocks = out.endVector();
    Footer.startFooter(out);
    Footer.addVersion(out, MetadataVersion.V5);
    Footer.addSchema(out, schema);
    Footer.addDictionaries(out, dictionaries);
    Footer.addRecordBatches(out, blocks);
    out.finish(Footer.endFooter(out));
    return out.sizedByteArray();
  }

  private static int schema(FlatBufferBuilder out, List<ArrowField> fields) {
    int[] offsets = new int[fields.size()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = field(out, fields.get(i));
    }
    int vector = Schema.createFieldsVector(out, offsets);
    Schema.startSchema(out);
    Schema.addEndianness(out, Endianness.Little);
    Schema.addFields(out, vector);
    return Schema.endSchema(out);
  }

  private static int field(FlatBufferBuilder out, ArrowField field) {
    int name = out.createString(field.name());
    int type = type(out, field.type());
    int children = Field.createChildrenVector(out, new int[0]);
    Field.startField(out);
    Field.addName(out, name);
    Field.addNullable(out, true);
    Field.addTypeType(out, tag(field.type()));
    Field.addType(out, type);
    Field.addChildren(out, children);
    return Field.endField(out);
  }

  private static byte tag(ArrowType type) {
    return switch (type) {
      case FLOAT64 -> Type.FloatingPoint;
      case INT64 -> Type.Int;
      case DATE32 -> Type.Date;
      case TIMESTAMP_MICROS -> Type.Timestamp;
      case UTF8 -> Type.Utf8;
    };
  }

  private static int type(FlatBufferBuilder out, ArrowType type) {
    return switch (type) {
      case FLOAT64 -> FloatingPoint.createFloatingPoint(out, Precision.DOUBLE);
      case INT64 -> Int.createInt(out, Long.SIZE, true);
      case DATE32 -> Date.createDate(out, DateUnit.DAY);
      case TIMESTAMP_MICROS ->
        Timestamp.createTimestamp(out, TimeUnit.MICROSECOND, out.createString("UTC"));
      case UTF8 -> {
        Utf8.startUtf8(out);
        yield Utf8.endUtf8(out);
      }
    };
  }

  /** A message with the prefix of its length, filled up to the alignment. */
  private static byte[] message(FlatBufferBuilder out, byte kind, int header, long body) {
    out.finish(Message.createMessage(out, MetadataVersion.V5, kind, header, body, 0));
    ByteBuffer metadata = out.dataBuffer();
    int length = metadata.remaining() + padding(metadata.remaining());
    ByteBuffer framed =
        ByteBuffer.allocate(2 * Integer.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
    framed.putInt(-1).putInt(length).put(metadata);
    return framed.array();
  }
}
