package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamSink;
import io.qilin.api.stream.StreamSource;
import io.qilin.testkit.StreamSinkTck;
import io.qilin.testkit.StreamSourceTck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Our own sources and sinks under the contracts that others' must keep. */
class StreamContractTest {
  @TempDir
  Path folder;

  private static String decode(ByteBuffer payload) {
    return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
  }

  @Nested
  class OfALog extends StreamSourceTck<ByteBuffer> {
    @Override
    protected StreamSource<ByteBuffer> open(List<String> messages) {
      Path file = folder.resolve("messages.log");
      if (!Files.exists(file)) {
        try (FileStreamLog log = FileStreamLog.open(file)) {
          messages.forEach(text -> log.append(text.getBytes(StandardCharsets.UTF_8)));
        }
      }
      return FileStreamSource.open("log", file);
    }

    @Override
    protected String text(ByteBuffer payload) {
      return decode(payload);
    }
  }

  @Nested
  class OfLines extends StreamSourceTck<ByteBuffer> {
    @Override
    protected StreamSource<ByteBuffer> open(List<String> messages) {
      Path file = folder.resolve("messages.jsonl");
      try {
        Files.writeString(file, String.join("\r\n", messages));
      } catch (IOException e) {
        throw new QilinException(ErrorCode.IO, "cannot write the test file", e);
      }
      return JsonLinesSource.open("lines", file);
    }

    @Override
    protected String text(ByteBuffer payload) {
      return decode(payload);
    }
  }

  @Nested
  class OfAQueue extends StreamSourceTck<String> {
    @Override
    protected StreamSource<String> open(List<String> messages) {
      StreamQueue<String> queue = new StreamQueue<>("queue", 1000, OverflowPolicy.FAIL);
      messages.forEach(queue::send);
      queue.end();
      return queue;
    }

    @Override
    protected String text(String payload) {
      return payload;
    }

    @Override
    protected boolean replayable() {
      return false;
    }
  }

  @Nested
  class OfAFileSink extends StreamSinkTck<DeadLetter> {
    private final DeadLetterCodec codec = new DeadLetterCodec();

    private Path file() {
      return folder.resolve("dead.log");
    }

    @Override
    protected StreamSink<DeadLetter> open() {
      return FileStreamSink.open(file(), codec);
    }

    @Override
    protected DeadLetter payload(int number) {
      return new DeadLetter("s", number, DeadLetterReason.LATE, "late by " + number, "…\\x00");
    }

    @Override
    protected List<DeadLetter> stored() {
      List<DeadLetter> stored = new ArrayList<>();
      FileStreamSink.read(file(), codec, message -> stored.add(message.payload()));
      return stored;
    }
  }

  @Nested
  class OfACallback extends StreamSinkTck<Instant> {
    private final List<Instant> called = new ArrayList<>();

    @Override
    protected StreamSink<Instant> open() {
      return CallbackSink.of(message -> called.add(message.payload()));
    }

    @Override
    protected Instant payload(int number) {
      return Instant.ofEpochSecond(number);
    }

    @Override
    protected List<Instant> stored() {
      return called;
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }
}
