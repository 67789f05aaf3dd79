package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** The text of a spec: YAML 1.2, of which JSON is a part. Nothing in it is run, and no name of a class is looked at. */
final class SpecFile {
  private static final int MOST_BYTES = 1 << 18;
  private static final int DEEPEST = 20;

  private SpecFile() {}

  static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED, file + ": a spec has at most " + MOST_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, file + ": there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new QilinException(ErrorCode.INVALID_CONFIGURATION, file + ": this is not UTF-8", e);
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, file + ": the file cannot be read", e);
    }
  }

  static SpecNode parse(String text, String name) {
    if (text.length() > MOST_BYTES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, name + ": a spec has at most " + MOST_BYTES + " characters");
    }
    LoadSettings settings = LoadSettings.builder()
        .setLabel(name)
        .setAllowDuplicateKeys(false)
        .setMaxAliasesForCollections(0)
        .setCodePointLimit(MOST_BYTES)
        .build();
    try {
      check(new ParserImpl(settings, new StreamReader(settings, text)), name);
      return SpecNode.root(name, new Load(settings).loadFromString(text));
    } catch (YamlEngineException | NumberFormatException e) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          name + ": this is not YAML or JSON: "
              + QilinException.quote(String.valueOf(e.getMessage())),
          e);
    }
  }

  /** Looks at the events first, which takes no stack, however deep they go. */
  private static void check(Iterator<Event> events, String name) {
    int depth = 0;
    while (events.hasNext()) {
      Event event = events.next();
      Event.ID id = event.getEventId();
      if (id == Event.ID.Alias
          || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION, name + ": anchors and aliases are not accepted");
      }
      if (id == Event.ID.MappingStart || id == Event.ID.SequenceStart) {
        depth++;
      } else if (id == Event.ID.MappingEnd || id == Event.ID.SequenceEnd) {
        depth--;
      }
      if (depth > DEEPEST) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED, name + ": a spec is nested at most " + DEEPEST + " deep");
      }
    }
  }
}
