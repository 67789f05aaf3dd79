package io.qilin.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qilin.spring.agents.DeskProperties;
import io.qilin.spring.agents.LlmProperties;
import io.qilin.spring.data.DataProperties;
import io.qilin.spring.data.FactorProperties;
import io.qilin.spring.mlops.MlopsProperties;
import io.qilin.spring.ops.OpsProperties;
import io.qilin.spring.security.AuditProperties;
import io.qilin.spring.security.PipelineProperties;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The metadata that editors read says what the records say. */
class MetadataTest {
  private static final String FILE = "META-INF/spring-configuration-metadata.json";
  private static final String README_TABLE = "| property | default | what |";

  private static final List<Class<?>> RECORDS = List.of(
      HostProperties.class,
      DataProperties.class,
      FactorProperties.class,
      LlmProperties.class,
      DeskProperties.class,
      MlopsProperties.class,
      AuditProperties.class,
      PipelineProperties.class,
      OpsProperties.class);

  /** Type and default of a property. */
  private record Told(String type, String otherwise) {}

  private static JsonNode metadata() throws IOException {
    try (InputStream in = MetadataTest.class.getClassLoader().getResourceAsStream(FILE)) {
      return new ObjectMapper().readTree(in);
    }
  }

  @Test
  void whenARecordHasAComponent_thenTheMetadataHasTheProperty() throws Exception {
    Map<String, Told> wanted = new TreeMap<>();
    wanted.put("qilin.enabled", new Told("java.lang.Boolean", "true"));
    for (Class<?> record : RECORDS) {
      collect(record.getAnnotation(ConfigurationProperties.class).prefix(), record, wanted);
    }
    Map<String, Told> found = new TreeMap<>();
    for (JsonNode property : metadata().get("properties")) {
      JsonNode otherwise = property.get("defaultValue");
      found.put(
          property.get("name").asText(),
          new Told(property.get("type").asText(), otherwise == null ? "" : otherwise.asText()));
      assertThat(property.get("description").asText())
          .as(property.get("name").asText())
          .endsWith(".");
    }
    assertThat(found).isEqualTo(wanted);
  }

  private static void collect(String prefix, Class<?> record, Map<String, Told> into)
      throws Exception {
    RecordComponent[] components = record.getRecordComponents();
    var parameters = record
        .getDeclaredConstructor(
            Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
        .getParameters();
    for (int i = 0; i < components.length; i++) {
      String name = prefix + "." + dashed(components[i].getName());
      Class<?> type = components[i].getType();
      DefaultValue otherwise = parameters[i].getAnnotation(DefaultValue.class);
      if (type.isRecord()) {
        collect(name, type, into);
      } else {
        into.put(
            name,
            new Told(
                text(components[i].getGenericType()),
                otherwise == null || otherwise.value().length == 0
                    ? ""
                    : otherwise.value()[0]));
      }
    }
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }

  private static String text(Type type) {
    if (type instanceof ParameterizedType generic) {
      List<String> arguments =
          Stream.of(generic.getActualTypeArguments()).map(MetadataTest::text).toList();
      return text(generic.getRawType()) + "<" + String.join(",", arguments) + ">";
    }
    Class<?> raw = (Class<?>) type;
    return switch (raw.getName()) {
      case "boolean" -> "java.lang.Boolean";
      case "int" -> "java.lang.Integer";
      case "double" -> "java.lang.Double";
      default -> raw.getName();
    };
  }

  @Test
  void whenAMissingBeanIsExplained_thenItsTypeAndThePropertyExist() throws Exception {
    List<String> names = metadata().get("properties").findValuesAsText("name");
    for (Map.Entry<String, String> one : MissingBeanAnalyzer.PROPERTIES.entrySet()) {
      assertThat(Class.forName(one.getKey())).isNotNull();
      assertThat(names).contains(one.getValue());
    }
  }

  @Test
  void whenAHintIsGiven_thenItIsForAPropertyAndEveryNameIsCanonical() throws Exception {
    List<String> names = metadata().get("properties").findValuesAsText("name");
    names.forEach(
        name -> assertThat(ConfigurationPropertyName.isValid(name)).as(name).isTrue());
    for (JsonNode hint : metadata().get("hints")) {
      String name = hint.get("name").asText();
      assertThat(names).contains(name.replaceAll("\\.(keys|values)$", ""));
    }
  }

  @Test
  void whenAPropertyIsThere_thenTheReadmeListsItWithItsDefault() throws Exception {
    String readme = java.nio.file.Files.readString(java.nio.file.Path.of("README.md"));
    assertThat(readme).contains(README_TABLE);
    for (JsonNode property : metadata().get("properties")) {
      JsonNode otherwise = property.get("defaultValue");
      assertThat(readme)
          .contains("| `" + property.get("name").asText() + "` | "
              + (otherwise == null ? "" : "`" + otherwise.asText() + "` ") + "|");
    }
  }
}
