package io.qilin.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a {@link FakeLlmServer} answers one question. Good answers are a stream of events if that is asked for, else one object.
 * Immutable.
 */
public final class FakeLlmReply {
  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream";
  private static final String DONE = "[DONE]";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String USAGE =
      "{\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10}";

  private interface Writing {
    /** Writes; true if the connection may serve another question. */
    boolean write(FakeLlmWire wire, boolean streamed) throws IOException, InterruptedException;
  }

  private final Writing writing;

  private FakeLlmReply(Writing writing) {
    this.writing = writing;
  }

  boolean write(FakeLlmWire wire, boolean streamed) throws IOException, InterruptedException {
    return writing.write(wire, streamed);
  }

  /** A complete answer, a chunk for every piece; it says that it used 7 and 3 tokens. */
  public static FakeLlmReply text(String... pieces) {
    List<String> parts = List.of(pieces);
    return new FakeLlmReply((wire, streamed) -> {
      if (streamed) {
        wire.begin(EVENTS);
        for (String part : parts) {
          wire.event(chunk(part));
        }
        finish(wire);
      } else {
        wire.whole(200, JSON, Map.of(), bytes(object(String.join("", parts))));
      }
      return true;
    });
  }

  private static void finish(FakeLlmWire wire) throws IOException {
    wire.event(
        "{\"model\":\"fake\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
    wire.event("{\"model\":\"fake\",\"choices\":[],\"usage\":" + USAGE + "}");
    wire.event(DONE);
    wire.end();
  }

  private static String chunk(String text) {
    return "{\"model\":\"fake\",\"choices\":[{\"index\":0,\"delta\":{\"content\":" + quoted(text)
        + "},\"finish_reason\":null}],\"usage\":null}";
  }

  private static String object(String text) {
    return "{\"object\":\"chat.completion\",\"model\":\"fake\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
        + "\"assistant\",\"content\":" + quoted(text)
        + ",\"refusal\":null},\"finish_reason\":\"stop\"}],\"usage\":" + USAGE + "}";
  }

  /** One object, as it is given. */
  public static FakeLlmReply json(String body) {
    return status(200, Map.of(), body);
  }

  /** Events with the data as given, and {@code [DONE]}. */
  public static FakeLlmReply events(String... data) {
    List<String> all = List.of(data);
    return new FakeLlmReply((wire, streamed) -> {
      wire.begin(EVENTS);
      for (String one : all) {
        wire.event(one);
      }
      wire.event(DONE);
      wire.end();
      return true;
    });
  }

  /** The bytes of a stream of events as given, without an end that is not in them. */
  public static FakeLlmReply stream(String bytes) {
    return new FakeLlmReply((wire, streamed) -> {
      wire.begin(EVENTS);
      wire.chunk(bytes);
      wire.end();
      return true;
    });
  }

  /** Another status, with an error as OpenAI writes it. */
  public static FakeLlmReply error(int status, String code, String message) {
    return status(status, Map.of(), errorBody(code, message));
  }

  /** The same with headers, for example {@code retry-after}. */
  public static FakeLlmReply error(
      int status, String code, String message, Map<String, String> headers) {
    return status(status, headers, errorBody(code, message));
  }

  private static String errorBody(String code, String message) {
    return "{\"error\":{\"message\":" + quoted(message)
        + ",\"type\":\"error\",\"param\":null,\"code\":" + quoted(code) + "}}";
  }

  /** Any status, headers and body. */
  public static FakeLlmReply status(int status, Map<String, String> headers, String body) {
    Map<String, String> copy = Map.copyOf(headers);
    return new FakeLlmReply((wire, streamed) -> {
      wire.whole(status, JSON, copy, bytes(body));
      return true;
    });
  }

  /** Nothing for a minute, then the end of the connection. */
  public static FakeLlmReply silence() {
    return new FakeLlmReply((wire, streamed) -> {
      wire.pause(LONG);
      return false;
    });
  }

  /** A stream that never ends, of chunks with text. */
  public static FakeLlmReply endless() {
    String event = chunk("again ".repeat(1_000));
    return new FakeLlmReply((wire, streamed) -> {
      wire.begin(EVENTS);
      while (wire.pause(Duration.ofNanos(1))) {
        wire.event(event);
      }
      return false;
    });
  }

  /** A stream that lives by comments alone, as from a server whose queue is long. */
  public static FakeLlmReply queuedForEver(Duration between) {
    return new FakeLlmReply((wire, streamed) -> {
      wire.begin(EVENTS);
      while (wire.pause(between)) {
        wire.chunk(": keep-alive\n\n");
      }
      return false;
    });
  }

  /** A good beginning, and then a reset of the connection. */
  public static FakeLlmReply resetMidStream() {
    return new FakeLlmReply((wire, streamed) -> {
      wire.begin(EVENTS);
      wire.event(chunk("half an ans"));
      wire.reset();
      return false;
    });
  }

  /** A good beginning, and then an error in place of a chunk. */
  public static FakeLlmReply errorMidStream(String code, String message) {
    String error = errorBody(code, message);
    return new FakeLlmReply((wire, streamed) -> {
      wire.begin(EVENTS);
      wire.event(chunk("half an ans"));
      wire.event(error);
      wire.end();
      return true;
    });
  }

  /** A good answer, one byte at a time with a wait before each. */
  public static FakeLlmReply slowly(Duration each, String text) {
    return new FakeLlmReply((wire, streamed) -> {
      byte[] body = bytes(object(text));
      wire.begin(JSON);
      for (byte b : body) {
        if (!wire.pause(each)) {
          return false;
        }
        wire.chunk(String.valueOf((char) b));
      }
      wire.end();
      return true;
    });
  }

  /** A text of so many characters, in chunks of 64 Ki or in one object. */
  public static FakeLlmReply large(int characters) {
    int each = 1 << 16;
    String event = chunk("x".repeat(each));
    return new FakeLlmReply((wire, streamed) -> {
      if (streamed) {
        wire.begin(EVENTS);
        for (int sent = 0; sent < characters; sent += each) {
          wire.event(event);
        }
        finish(wire);
      } else {
        wire.whole(200, JSON, Map.of(), bytes(object("x".repeat(characters))));
      }
      return true;
    });
  }

  /** Bytes that are no HTTP. */
  public static FakeLlmReply notHttp() {
    return new FakeLlmReply((wire, streamed) -> {
      wire.raw("\u0000\u0001 this is not the protocol\n\n");
      return false;
    });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\')) {
      return '"' + text + '"';
    }
    StringBuilder out = new StringBuilder("\"");
    text.chars().forEach(c -> {
      if (c == '"' || c == '\\') {
        out.append('\\').append((char) c);
      } else if (c < ' ') {
        out.append(String.format(java.util.Locale.ROOT, "\\u%04x", c));
      } else {
        out.append((char) c);
      }
    });
    return out.append('"').toString();
  }
}
