package io.qilin.parquet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/** Files of one column, page by page by hand: what no peer at hand writes, and what no honest writer does. */
final class CraftedFile {
  private CraftedFile() {}

  /** A required column {@code n} of INT64. */
  static SchemaElement plain() {
    return column(Type.INT64, FieldRepetitionType.REQUIRED);
  }

  static SchemaElement column(Type type, FieldRepetitionType repetition) {
    SchemaElement leaf = new SchemaElement("n");
    leaf.setType(type);
    leaf.setRepetition_type(repetition);
    return leaf;
  }

  static RowGroup group(SchemaElement leaf, ByteOutput pages, CompressionCodec codec, long rows) {
    ColumnMetaData data = new ColumnMetaData(
        leaf.getType(),
        List.of(Encoding.PLAIN),
        List.of("n"),
        codec,
        rows,
        pages.size(),
        pages.size(),
        4);
    ColumnChunk chunk = new ColumnChunk(0);
    chunk.setMeta_data(data);
    return new RowGroup(List.of(chunk), pages.size(), rows);
  }

  static byte[] footer(SchemaElement leaf, RowGroup group, long rows) throws IOException {
    SchemaElement root = new SchemaElement("schema");
    root.setNum_children(1);
    ByteOutput footer = new ByteOutput();
    Util.writeFileMetaData(new FileMetaData(1, List.of(root, leaf), rows, List.of(group)), footer);
    return Arrays.copyOf(footer.array(), footer.size());
  }

  static Path write(
      Path file, SchemaElement leaf, ByteOutput pages, CompressionCodec codec, long rows)
      throws IOException {
    return write(
        file,
        Arrays.copyOf(pages.array(), pages.size()),
        footer(leaf, group(leaf, pages, codec, rows), rows));
  }

  static Path write(Path file, byte[] body, byte[] footer) throws IOException {
    ByteOutput out = new ByteOutput();
    byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
    out.write(magic, 0, 4);
    out.write(body, 0, body.length);
    out.write(footer, 0, footer.length);
    out.int32(footer.length);
    out.write(magic, 0, 4);
    return Files.write(file, Arrays.copyOf(out.array(), out.size()));
  }
}
