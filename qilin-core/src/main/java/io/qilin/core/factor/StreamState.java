package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.core.internal.row.RowProgram;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * The state of a {@link FactorStream} as bytes: a mark, a checksum of the rest, the digest of the plan, the fields of its
 * rows, the instruments that expressions name, the instruments with their first and last rows, the number of rows so far, and what the programs remember. Big-endian.
 */
final class StreamState {
  private static final int MARK = 0x51465336;
  private static final int HEAD = 4 + 8;
  private static final int LONGEST_NAME = 256;
  /** The least that an instrument takes: the length of its name, and its first and last row. */
  private static final int BYTES_OF_SYMBOL = 2 + 4 + 4;

  private final FactorPlan plan;
  private final List<Symbol> symbols;
  private final List<String> fields;
  private final List<String> named;
  private final int[] first;
  private final int[] end;
  private final int tick;
  private final int width;
  private final List<RowProgram> programs;

  StreamState(
      FactorPlan plan,
      List<Symbol> symbols,
      Set<Field> fields,
      Set<Symbol> named,
      int[] first,
      int[] end,
      int tick,
      int width,
      List<RowProgram> programs) {
    this.plan = plan;
    this.symbols = symbols;
    this.fields = fields.stream().map(Field::name).toList();
    this.named = named.stream().sorted().map(Symbol::toString).toList();
    this.first = first;
    this.end = end;
    this.tick = tick;
    this.width = width;
    this.programs = programs;
  }

  byte[] bytes() {
    byte[] digest = plan.digest().getBytes(StandardCharsets.US_ASCII);
    long size = HEAD + 2L + digest.length + 4 + 4 + 4;
    List<byte[]> names = new ArrayList<>();
    for (Symbol symbol : symbols) {
      byte[] name = symbol.toString().getBytes(StandardCharsets.UTF_8);
      names.add(name);
      size += 2 + name.length + 8;
    }
    size += bytes(fields) + bytes(named) + 4;
    for (RowProgram program : programs) {
      size += 4 + program.stateBytes();
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw FactorPlan.tooLarge(
          "the state takes " + size + " bytes, more than one array holds",
          "use several streams of fewer instruments");
    }
    ByteBuffer out = ByteBuffer.allocate((int) size);
    out.position(HEAD);
    text(out, digest);
    texts(out, fields);
    texts(out, named);
    out.putInt(tick);
    out.putInt(width);
    out.putInt(names.size());
    for (int i = 0; i < names.size(); i++) {
      text(out, names.get(i));
      out.putInt(first[i]);
      out.putInt(end[i]);
    }
    out.putInt(programs.size());
    for (RowProgram program : programs) {
      out.putInt(program.lanes());
      program.save(out);
    }
    out.putInt(0, MARK);
    out.putLong(4, checksum(out.array()));
    return out.array();
  }

  private static long bytes(List<String> texts) {
    long bytes = 4;
    for (String text : texts) {
      bytes += 2 + text.getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }

  private static void texts(ByteBuffer out, List<String> texts) {
    out.putInt(texts.size());
    texts.forEach(text -> text(out, text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void text(ByteBuffer out, byte[] text) {
    out.putShort((short) text.length);
    out.put(text);
  }

  private static long checksum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, HEAD, bytes.length - HEAD);
    return sum.getValue();
  }

  /** What a snapshot says about itself. */
  static final class Head {
    final Set<Field> fields;
    final Set<Symbol> named;
    final List<Symbol> symbols;
    final int[] first;
    final int[] end;
    final int tick;
    final int width;
    /** Where the programs begin. */
    private final int body;
    /** Bytes from there on. */
    private final int rest;

    private Head(
        Set<Field> fields,
        Set<Symbol> named,
        List<Symbol> symbols,
        int[] first,
        int[] end,
        int tick,
        int width,
        int body,
        int rest) {
      this.fields = fields;
      this.named = named;
      this.symbols = symbols;
      this.first = first;
      this.end = end;
      this.tick = tick;
      this.width = width;
      this.body = body;
      this.rest = rest;
    }

    /**
     * Refuses, before room is made for all parts, a snapshot that cannot have their states.
     *
     * @param part bytes of the state of a part that has seen nothing, the least that there can be
     */
    void checkSize(long part) {
      long parts = (symbols.size() - 1L) / width + 1;
      if (parts * part > rest) {
        throw damaged("it ends too early");
      }
    }
  }

  /** Reads and checks all but the programs. */
  static Head head(FactorPlan plan, byte[] snapshot) {
    if (snapshot.length < HEAD || ByteBuffer.wrap(snapshot).getInt() != MARK) {
      throw damaged("it does not begin like one");
    }
    if (ByteBuffer.wrap(snapshot).getLong(4) != checksum(snapshot)) {
      throw damaged("its checksum does not fit");
    }
    ByteBuffer in = ByteBuffer.wrap(snapshot).position(HEAD);
    try {
      String digest = text(in);
      if (!digest.equals(plan.digest())) {
        throw new QilinException(
            ErrorCode.RECORD_MISMATCH,
            "the snapshot was taken of other factors, another mode or another treatment of missing data ("
                + digest
                + ", the plan is " + plan.digest()
                + "); restore it with the plan that made it");
      }
      Set<Field> fields = new TreeSet<>();
      texts(in, plan.fields().size()).forEach(name -> fields.add(new Field(name)));
      Set<Symbol> named = new TreeSet<>();
      texts(in, plan.instruments().size()).forEach(name -> named.add(Symbol.parseAny(name)));
      int tick = in.getInt();
      int width = in.getInt();
      if (width < 1 || width > FactorStream.MOST_LANES) {
        throw damaged("its parts have " + width + " instruments");
      }
      int count = in.getInt();
      if (count < 1 || count > in.remaining() / BYTES_OF_SYMBOL) {
        throw damaged("it has " + count + " instruments and ends too early for them");
      }
      List<Symbol> symbols = new ArrayList<>();
      int[] first = new int[count];
      int[] end = new int[count];
      for (int i = 0; i < count; i++) {
        symbols.add(Symbol.parseAny(text(in)));
        first[i] = in.getInt();
        end[i] = in.getInt();
        if (first[i] < 0 || first[i] > tick || end[i] < first[i]) {
          throw damaged("an instrument has rows on days that were not pushed");
        }
      }
      if (new HashSet<>(symbols).size() < count) {
        throw damaged("an instrument is listed twice");
      }
      return new Head(
          fields, named, symbols, first, end, tick, width, in.position(), in.remaining());
    } catch (BufferUnderflowException e) {
      throw damaged("it ends too early");
    } catch (QilinException e) {
      throw e.code() == ErrorCode.INVALID_ARGUMENT ? damaged("a name in it is none") : e;
    }
  }

  static void load(byte[] snapshot, Head head, List<RowProgram> programs) {
    ByteBuffer in = ByteBuffer.wrap(snapshot).position(head.body);
    try {
      if (in.getInt() != programs.size()) {
        throw damaged("it is of another number of parts");
      }
      for (RowProgram program : programs) {
        if (in.getInt() != program.lanes()) {
          throw damaged("a part of it has another size");
        }
        program.load(in, head.tick);
      }
    } catch (BufferUnderflowException e) {
      throw damaged("it ends too early");
    }
    if (in.hasRemaining()) {
      throw damaged("something follows its end");
    }
  }

  private static List<String> texts(ByteBuffer in, int most) {
    int count = in.getInt();
    if (count < 0 || count > most) {
      throw damaged("it reads more than the plan does");
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(text(in));
    }
    return texts;
  }

  private static String text(ByteBuffer in) {
    int length = in.getShort();
    if (length < 0 || length > LONGEST_NAME) {
      throw damaged("a name in it is too long");
    }
    byte[] text = new byte[length];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static QilinException damaged(String how) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        "this is no whole snapshot of a factor stream: " + how
            + "; take the one before, or push the" + " history again");
  }
}
