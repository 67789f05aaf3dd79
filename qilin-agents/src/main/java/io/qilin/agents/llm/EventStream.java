package io.qilin.agents.llm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Takes the data of events from a stream of server-sent events (WHATWG HTML, 9.2): lines end in CR, LF or both, the lines {@code
 * data:} of an event are joined, a blank line ends it, comments and other fields are passed over. One event, and one line, has at
 * most a given number of bytes, so that memory is bounded. For one thread.
 */
final class EventStream {
  /** An event or a line is larger than the limit. */
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static final String DATA = "data";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final int limit;
  private final Consumer<String> onData;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private boolean hasData;
  private boolean afterReturn;
  private boolean begun;

  EventStream(int limit, Consumer<String> onData) {
    this.limit = limit;
    this.onData = onData;
  }

  void feed(ByteBuffer bytes) throws TooLarge {
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      boolean second = afterReturn && b == '\n';
      afterReturn = b == '\r';
      if (second) {
        continue;
      }
      if (b == '\n' || b == '\r') {
        endLine();
      } else if (line.size() == limit) {
        throw new TooLarge();
      } else {
        line.write(b);
      }
    }
  }

  /** Ends the stream; a last event without its blank line counts, as some servers leave it away. */
  void finish() throws TooLarge {
    if (line.size() > 0) {
      endLine();
    }
    dispatch();
  }

  private void endLine() throws TooLarge {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (!begun && text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
    }
    begun = true;
    if (text.isEmpty()) {
      dispatch();
    } else if (text.equals(DATA) || text.startsWith(DATA + ":")) {
      append(text.substring(Math.min(text.length(), DATA.length() + 1)));
    }
  }

  private void append(String value) throws TooLarge {
    if (hasData) {
      data.append('\n');
    }
    data.append(value, value.startsWith(" ") ? 1 : 0, value.length());
    hasData = true;
    if (data.length() > limit) {
      throw new TooLarge();
    }
  }

  private void dispatch() {
    if (hasData) {
      hasData = false;
      String complete = data.toString();
      data.setLength(0);
      onData.accept(complete);
    }
  }
}
