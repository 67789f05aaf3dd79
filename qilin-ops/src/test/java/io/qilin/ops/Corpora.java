package io.qilin.ops;

import io.qilin.testkit.SharedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Collections of hostile texts beside the checkout. */
public final class Corpora {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private Corpora() {}

  /** The member {@code s} of each line. */
  public static List<String> texts(Path file) {
    List<String> texts = new ArrayList<>();
    for (String line : SharedFiles.lines(file)) {
      try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
        while (parser.nextToken() != null) {
          if (parser.currentToken() == JsonToken.PROPERTY_NAME
              && parser.currentName().equals("s")) {
            parser.nextToken();
            texts.add(parser.getString());
          }
        }
      }
    }
    return texts;
  }
}
