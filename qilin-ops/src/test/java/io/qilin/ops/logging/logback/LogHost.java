package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.qilin.security.internal.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.MDC;

/** A logging host of its own beside that of the tests. */
final class LogHost {
  private static final StrictJson JSON = StrictJson.limited(8 << 20, 16);

  final LoggerContext context = new LoggerContext();
  final Logger logger = context.getLogger("io.host.Desk");

  LogHost() {
    context.setMDCAdapter(MDC.getMDCAdapter());
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.TRACE);
  }

  /** Starts an appender and gives it all events. */
  <A extends Appender<ILoggingEvent>> A attach(A appender) {
    appender.setContext(context);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    return appender;
  }

  static Map<String, Object> json(byte[] line) {
    return JSON.object(line, "the line");
  }

  static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }
}
