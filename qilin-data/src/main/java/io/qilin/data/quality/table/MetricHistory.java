package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Figures of earlier judgements, one a line as JSON in a file that only grows. A line that a crash cut short is dropped by
 * the next append. For use by one thread and one process at a time.
 */
public final class MetricHistory {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final long MOST_BYTES = 64L << 20;

  private final Path file;
  private final List<MetricPoint> points;

  private MetricHistory(Path file, List<MetricPoint> points) {
    this.file = file;
    this.points = points;
  }

  /**
   * Reads a history; a file that is not there is an empty one.
   *
   * @throws QilinException DATA_FORMAT with the line; LIMIT_EXCEEDED beyond 64 MiB; IO
   */
  public static MetricHistory open(Path file) {
    List<MetricPoint> points = new ArrayList<>();
    try {
      if (Files.exists(file)) {
        if (Files.size(file) > MOST_BYTES) {
          throw new QilinException(
              ErrorCode.LIMIT_EXCEEDED,
              name(file) + ": a history of metrics has at most " + MOST_BYTES
                  + " bytes; keep its newest lines only");
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        List<String> lines =
            text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
          if (!lines.get(i).isEmpty()) {
            points.add(parse(lines.get(i), name(file) + ", line " + (i + 1)));
          }
        }
      }
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, name(file) + ": the history cannot be read", e);
    }
    return new MetricHistory(file, points);
  }

  private static MetricPoint parse(String line, String place) {
    try {
      JsonNode node = MAPPER.readTree(line);
      Map<String, Double> metrics = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : node.path("metrics").properties()) {
        metrics.put(entry.getKey(), entry.getValue().asDouble());
      }
      return new MetricPoint(Instant.parse(node.path("at").asString()), metrics);
    } catch (JacksonException | DateTimeException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          place + ": not a line like {\"at\":\"2024-01-02T07:00:00Z\",\"metrics\":{\"rows\":5}}",
          e);
    }
  }

  /** The points, the oldest first. */
  public List<MetricPoint> points() {
    return List.copyOf(points);
  }

  /** The values of one metric, the oldest first; points without it are passed over. */
  public List<Double> values(String metric) {
    List<Double> values = new ArrayList<>();
    for (MetricPoint point : points) {
      Double value = point.metrics().get(metric);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /**
   * Adds a point; it is on the disk when this returns.
   *
   * @throws QilinException IO
   */
  public void append(MetricPoint point) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("at", point.at().toString());
    ObjectNode metrics = node.putObject("metrics");
    point.metrics().forEach(metrics::put);
    byte[] line = (MAPPER.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.position(endOfLastLine(channel));
      channel.truncate(channel.position());
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, name(file) + ": the history cannot be written", e);
    }
    points.add(point);
  }

  private static long endOfLastLine(FileChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    for (long end = channel.size(); end > 0; end--) {
      one.clear();
      channel.read(one, end - 1);
      if (one.get(0) == '\n') {
        return end;
      }
    }
    return 0;
  }

  private static String name(Path file) {
    return QilinException.quote(String.valueOf(file.getFileName()));
  }
}
