package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.llm.LlmReply;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the answer to one attempt: an error, one object, or a stream of events. */
final class ChatReceiver implements Exchange.Receiver {
  /** Most bytes of one event or one whole answer that are read. */
  static final int LARGEST = 4 << 20;

  /** Most bytes of a stream that are read, wrapping included. */
  private static final long LONGEST_STREAM = 64L << 20;

  private static final int ERROR_BYTES = 64 << 10;
  private static final String DONE = "[DONE]";

  private final String model;
  private final Duration idle;
  private final ServerError errors;
  private final ReplyParts parts;
  private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
  private final ArrayDeque<String> events = new ArrayDeque<>();
  private final EventStream stream = new EventStream(LARGEST, events::add);
  private int status;
  private Optional<HttpHeaders> headers = Optional.empty();
  private boolean streamed;
  private boolean done;
  private long read;

  ChatReceiver(String model, Duration idle, ServerError errors, Consumer<String> onText) {
    this.model = model;
    this.idle = idle;
    this.errors = errors;
    this.parts = new ReplyParts(model, errors, onText);
  }

  @Override
  public void head(int answered, HttpHeaders with) {
    status = answered;
    headers = Optional.of(with);
    streamed = good()
        && header("content-type")
            .orElse("")
            .toLowerCase(Locale.ROOT)
            .startsWith("text/event-stream");
  }

  private boolean good() {
    return status >= 200 && status < 300;
  }

  private Optional<String> header(String name) {
    return headers.flatMap(all -> all.firstValue(name));
  }

  @Override
  public boolean bytes(ByteBuffer bytes) throws AttemptFailure {
    read += bytes.remaining();
    if (streamed) {
      return events(bytes);
    }
    if (good()) {
      keep(bytes);
      return true;
    }
    int room = Math.min(bytes.remaining(), ERROR_BYTES - whole.size());
    append(bytes, room);
    return whole.size() < ERROR_BYTES;
  }

  /** Keeps more of a whole answer; blank lines before it, sent while the question waits, are not kept. */
  private void keep(ByteBuffer bytes) throws AttemptFailure {
    while (whole.size() == 0
        && bytes.hasRemaining()
        && bytes.get(bytes.position()) <= ' '
        && bytes.get(bytes.position()) >= 0) {
      bytes.get();
    }
    if (bytes.remaining() > LARGEST - whole.size()) {
      throw parts.invalid("sent more than " + LARGEST + " bytes");
    }
    append(bytes, bytes.remaining());
  }

  private void append(ByteBuffer bytes, int count) {
    byte[] copy = new byte[count];
    bytes.get(copy);
    whole.writeBytes(copy);
  }

  private boolean events(ByteBuffer bytes) throws AttemptFailure {
    if (read > LONGEST_STREAM) {
      throw parts.invalid("sent a stream of more than " + LONGEST_STREAM + " bytes");
    }
    try {
      stream.feed(bytes);
    } catch (EventStream.TooLarge e) {
      throw parts.invalid("sent an event of more than " + LARGEST + " bytes");
    }
    take();
    return !done;
  }

  private void take() throws AttemptFailure {
    while (!events.isEmpty() && !done) {
      String event = events.remove();
      if (event.strip().equals(DONE)) {
        done = true;
      } else {
        parts.take(parse(event));
      }
    }
  }

  private Json parse(String text) throws AttemptFailure {
    Optional<Json> json = Json.parse(text);
    if (json.isEmpty()) {
      throw parts.invalid("sent something that is no JSON");
    }
    return json.get();
  }

  /** The answer, when its end has come. */
  LlmReply reply() throws AttemptFailure {
    if (!good()) {
      throw errors.status(status, this::header, text());
    }
    if (!streamed) {
      parts.take(parse(text()));
    } else if (!done) {
      try {
        stream.finish();
      } catch (EventStream.TooLarge e) {
        throw parts.invalid("sent an event of more than " + LARGEST + " bytes");
      }
      take();
    }
    return parts.complete();
  }

  private String text() {
    return whole.toString(StandardCharsets.UTF_8);
  }

  @Override
  public AttemptFailure silent() {
    return AttemptFailure.of(
        ErrorCode.LLM_TIMEOUT,
        model + " sent nothing for " + idle
            + "; raise the setting idle-timeout, or let a router ask another provider",
        true,
        null);
  }
}
