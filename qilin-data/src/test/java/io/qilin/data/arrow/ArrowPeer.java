package io.qilin.data.arrow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarBinaryVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/**
 * Tables that Arrow Java writes: in every column row 0 holds a small number {@code 1} in its type, row 1 is null, and row
 * 2 holds the largest that Qilin can take.
 */
final class ArrowPeer {
  static final BigDecimal WIDE = new BigDecimal("-1234567890123456789012345678.0123456789");
  static final BigDecimal WIDEST = new BigDecimal("9".repeat(72) + ".9999");

  private static final int ROWS = 3;

  private final List<FieldVector> vectors = new ArrayList<>();
  private final DictionaryProvider.MapDictionaryProvider dictionaries =
      new DictionaryProvider.MapDictionaryProvider();
  private final BufferAllocator allocator;

  private ArrowPeer(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** A file or stream of all flat types, and if asked for of some that are not read. */
  static byte[] write(boolean file, CompressionUtil.CodecType codec, boolean others)
      throws IOException {
    try (RootAllocator allocator = new RootAllocator()) {
      ArrowPeer peer = new ArrowPeer(allocator);
      try {
        peer.integers();
        peer.numbersAndTexts();
        peer.views();
        peer.decimals();
        peer.times();
        for (int bits : new int[] {8, 16, 32, 64}) {
          peer.dictionary(bits, true);
          peer.dictionary(bits, false);
        }
        if (others) {
          peer.others();
        }
        return peer.bytes(file, codec);
      } finally {
        peer.close();
      }
    }
  }

  /** A file of one compressed column of zeros. */
  static byte[] writeZeros(int rows) throws IOException {
    try (RootAllocator allocator = new RootAllocator();
        Float8Vector zeros = new Float8Vector("zeros", allocator)) {
      zeros.allocateNew(rows);
      for (int i = 0; i < rows; i++) {
        zeros.set(i, 0);
      }
      zeros.setValueCount(rows);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ArrowFileWriter writer = new ArrowFileWriter(
          VectorSchemaRoot.of(zeros),
          null,
          Channels.newChannel(out),
          null,
          IpcOption.DEFAULT,
          CommonsCompressionFactory.INSTANCE,
          CompressionUtil.CodecType.LZ4_FRAME)) {
        writer.writeBatch();
        writer.end();
      }
      return out.toByteArray();
    }
  }

  private void close() {
    vectors.forEach(FieldVector::close);
    dictionaries
        .getDictionaryIds()
        .forEach(id -> dictionaries.lookup(id).getVector().close());
  }

  private byte[] bytes(boolean file, CompressionUtil.CodecType codec) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    vectors.forEach(vector -> vector.setValueCount(ROWS));
    CompressionCodec.Factory factory = codec == CompressionUtil.CodecType.NO_COMPRESSION
        ? NoCompressionCodec.Factory.INSTANCE
        : CommonsCompressionFactory.INSTANCE;
    VectorSchemaRoot root = new VectorSchemaRoot(vectors);
    try (ArrowWriter writer = file
        ? new ArrowFileWriter(
            root, dictionaries, Channels.newChannel(out), null, IpcOption.DEFAULT, factory, codec)
        : new ArrowStreamWriter(
            root, dictionaries, Channels.newChannel(out), IpcOption.DEFAULT, factory, codec)) {
      writer.start();
      writer.writeBatch();
      root.setRowCount(ROWS);
      writer.writeBatch();
      writer.end();
    }
    return out.toByteArray();
  }

  private <T extends FieldVector> T add(T vector) {
    vector.allocateNew();
    vectors.add(vector);
    return vector;
  }

  private static void rows(IntConsumer set) {
    set.accept(0);
    set.accept(2);
  }

  private void integers() {
    TinyIntVector int8 = add(new TinyIntVector("int8", allocator));
    rows(i -> int8.set(i, i == 0 ? 1 : Byte.MIN_VALUE));
    UInt1Vector uint8 = add(new UInt1Vector("uint8", allocator));
    rows(i -> uint8.set(i, i == 0 ? 1 : 255));
    SmallIntVector int16 = add(new SmallIntVector("int16", allocator));
    rows(i -> int16.set(i, i == 0 ? 1 : Short.MIN_VALUE));
    UInt2Vector uint16 = add(new UInt2Vector("uint16", allocator));
    rows(i -> uint16.set(i, i == 0 ? 1 : 65535));
    IntVector int32 = add(new IntVector("int32", allocator));
    rows(i -> int32.set(i, i == 0 ? 1 : Integer.MIN_VALUE));
    UInt4Vector uint32 = add(new UInt4Vector("uint32", allocator));
    rows(i -> uint32.set(i, i == 0 ? 1 : -1));
    BigIntVector int64 = add(new BigIntVector("int64", allocator));
    rows(i -> int64.set(i, i == 0 ? 1 : Long.MIN_VALUE));
    UInt8Vector uint64 = add(new UInt8Vector("uint64", allocator));
    rows(i -> uint64.set(i, i == 0 ? 1 : Long.MAX_VALUE));
  }

  private void numbersAndTexts() {
    Float2Vector float16 = add(new Float2Vector("float16", allocator));
    rows(i -> float16.set(i, i == 0 ? (short) 0x3c00 : (short) 0xfbff));
    Float4Vector float32 = add(new Float4Vector("float32", allocator));
    rows(i -> float32.set(i, i == 0 ? 1 : Float.MAX_VALUE));
    Float8Vector float64 = add(new Float8Vector("float64", allocator));
    rows(i -> float64.set(i, i == 0 ? 1 : Double.MAX_VALUE));
    BitVector bool = add(new BitVector("bool", allocator));
    rows(i -> bool.set(i, i == 0 ? 1 : 0));
    VarCharVector utf8 = add(new VarCharVector("utf8", allocator));
    rows(i -> utf8.setSafe(i, text(i)));
    LargeVarCharVector large = add(new LargeVarCharVector("large_utf8", allocator));
    rows(i -> large.setSafe(i, text(i)));
    vectors.add(new NullVector("null", ROWS));
  }

  private void views() {
    ViewVarCharVector view = add(new ViewVarCharVector("utf8_view", allocator));
    rows(i -> view.setSafe(i, text(i)));
    ViewVarBinaryVector bytes = add(new ViewVarBinaryVector("binary_view", allocator));
    rows(i -> bytes.setSafe(i, text(i)));
    VarBinaryVector binary = add(new VarBinaryVector("binary", allocator));
    rows(i -> binary.setSafe(i, text(i)));
    LargeVarBinaryVector large = add(new LargeVarBinaryVector("large_binary", allocator));
    rows(i -> large.setSafe(i, text(i)));
  }

  private void decimals() {
    DecimalVector small = add(new DecimalVector("decimal", allocator, 10, 2));
    rows(i -> small.set(i, new BigDecimal(i == 0 ? "1.00" : "-99999999.99")));
    DecimalVector wide = add(new DecimalVector("decimal128", allocator, 38, 10));
    rows(i -> wide.set(i, i == 0 ? BigDecimal.ONE.setScale(10) : WIDE));
    Decimal256Vector widest = add(new Decimal256Vector("decimal256", allocator, 76, 4));
    rows(i -> widest.set(i, i == 0 ? BigDecimal.ONE.setScale(4) : WIDEST));
  }

  private static byte[] text(int row) {
    return (row == 0 ? "1" : "贵州茅台 😀".repeat(40)).getBytes(StandardCharsets.UTF_8);
  }

  private void times() {
    DateDayVector days = add(new DateDayVector("days", allocator));
    rows(i -> days.set(i, i == 0 ? 1 : Integer.MAX_VALUE));
    DateMilliVector millis = add(new DateMilliVector("date_millis", allocator));
    rows(i -> millis.set(i, 86_400_000L * (i == 0 ? 1 : Integer.MIN_VALUE)));
    TimeSecVector sec = add(new TimeSecVector("time_s", allocator));
    rows(i -> sec.set(i, i == 0 ? 1 : 86_399));
    TimeMilliVector milli = add(new TimeMilliVector("time_ms", allocator));
    rows(i -> milli.set(i, i == 0 ? 1 : 86_399_999));
    TimeMicroVector micro = add(new TimeMicroVector("time_us", allocator));
    rows(i -> micro.set(i, i == 0 ? 1 : 86_399_999_999L));
    TimeNanoVector nano = add(new TimeNanoVector("time_ns", allocator));
    rows(i -> nano.set(i, i == 0 ? 1 : 86_399_999_999_999L));
    TimeStampSecVector seconds = add(new TimeStampSecVector("at_s", allocator));
    rows(i -> seconds.set(i, i == 0 ? 1 : 9_223_372_036L));
    TimeStampMilliTZVector at =
        add(new TimeStampMilliTZVector("at_ms", allocator, "Asia/Shanghai"));
    rows(i -> at.set(i, i == 0 ? 1 : -9_223_372_036_854L));
    TimeStampMicroVector micros = add(new TimeStampMicroVector("at_us", allocator));
    rows(i -> micros.set(i, i == 0 ? 1 : Long.MAX_VALUE / 1000));
    TimeStampNanoTZVector nanos = add(new TimeStampNanoTZVector("at_ns", allocator, "UTC"));
    rows(i -> nanos.set(i, i == 0 ? 1 : Long.MIN_VALUE));
  }

  private void dictionary(int bits, boolean signed) {
    long id = (long) bits + (signed ? 0 : 1);
    VarCharVector words = new VarCharVector("words", allocator);
    words.allocateNew();
    words.setSafe(0, text(2));
    words.setSafe(1, text(0));
    words.setValueCount(2);
    Dictionary dictionary =
        new Dictionary(words, new DictionaryEncoding(id, false, new ArrowType.Int(bits, signed)));
    dictionaries.put(dictionary);
    try (VarCharVector texts =
        new VarCharVector("by_" + (signed ? "int" : "uint") + bits, allocator)) {
      texts.allocateNew();
      rows(i -> texts.setSafe(i, text(i)));
      texts.setValueCount(ROWS);
      vectors.add((FieldVector) DictionaryEncoder.encode(texts, dictionary));
    }
  }

  private void others() {
    FixedSizeBinaryVector fixed = add(new FixedSizeBinaryVector("fixed", allocator, 4));
    rows(i -> fixed.set(i, new byte[4]));
    ListVector list = ListVector.empty("list", allocator);
    vectors.add(list);
    var writer = list.getWriter();
    writer.startList();
    writer.bigInt().writeBigInt(7);
    writer.endList();
    IntVector last = add(new IntVector("last", allocator));
    rows(i -> last.set(i, i == 0 ? 1 : 2));
  }
}
