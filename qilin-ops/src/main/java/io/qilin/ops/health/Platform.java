package io.qilin.ops.health;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** What a host runs on. */
final class Platform {
  private static final String VERSION = "/META-INF/qilin/qilin-ops/version.properties";

  private Platform() {}

  /** The version that this module was built as, and the commit if the build was told. */
  static Map<String, Object> qilin() {
    Properties built = new Properties();
    try (InputStream in = Platform.class.getResourceAsStream(VERSION)) {
      if (in != null) {
        built.load(in);
      }
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, VERSION + ": the version cannot be read", e);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("version", stated(built, "version"));
    tree.put("commit", stated(built, "commit"));
    return tree;
  }

  private static String stated(Properties built, String name) {
    String value = built.getProperty(name, "").strip();
    return value.isEmpty() || value.startsWith("${") ? "unknown" : value;
  }

  static Map<String, Object> jvm() {
    Runtime runtime = Runtime.getRuntime();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("version", property("java.runtime.version"));
    tree.put("name", property("java.vm.name"));
    tree.put("vendor", property("java.vendor"));
    tree.put("processors", runtime.availableProcessors());
    tree.put("heapUsedBytes", runtime.totalMemory() - runtime.freeMemory());
    tree.put("heapMaxBytes", runtime.maxMemory());
    return tree;
  }

  static Map<String, Object> system() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", property("os.name"));
    tree.put("version", property("os.version"));
    tree.put("architecture", property("os.arch"));
    return tree;
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
