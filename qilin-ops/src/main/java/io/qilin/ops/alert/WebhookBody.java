package io.qilin.ops.alert;

import io.qilin.api.alert.Alert;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An alert as JSON. Texts are made fit for one line, so that a receiver may log them. */
final class WebhookBody {
  private static final JsonFactory JSON = JsonFactory.builder().build();
  private static final int LONGEST_TEXT = 4_096;

  private WebhookBody() {}

  static byte[] of(String id, Alert alert) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("id", id);
      json.writeStringProperty("at", alert.at().toString());
      json.writeStringProperty("severity", alert.severity().name());
      json.writeStringProperty("code", alert.code().name());
      json.writeNumberProperty("number", alert.code().number());
      json.writeStringProperty("source", OneLine.of(alert.source(), LONGEST_TEXT));
      json.writeStringProperty("message", OneLine.of(alert.message(), LONGEST_TEXT));
      json.writeObjectPropertyStart("figures");
      Figures.of(alert).forEach(json::writeStringProperty);
      json.writeEndObject();
      json.writeEndObject();
    }
    return out.toByteArray();
  }
}
