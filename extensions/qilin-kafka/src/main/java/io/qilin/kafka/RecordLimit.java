package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** How long a record of a topic may be: asked before the first is sent, as the broker refuses whole batches. */
final class RecordLimit {
  private RecordLimit() {}

  /**
   * Requires that a topic takes records of a length. Where the broker does not let the client ask, nothing is required.
   *
   * @throws QilinException INVALID_CONFIGURATION, DATA_NOT_FOUND, TIMEOUT
   */
  static void require(KafkaSettings settings, String topic, int bytes) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config;
    try {
      config = KafkaClients.ask(
          settings,
          "asking about " + topic,
          admin -> admin.describeConfigs(List.of(resource)).values().get(resource));
    } catch (QilinException e) {
      if (e.code() == ErrorCode.AUTHORIZATION) {
        return;
      }
      throw e;
    }
    ConfigEntry limit = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    String most = limit == null ? null : limit.value();
    if (most != null && Long.parseLong(most) < bytes) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "the topic " + topic + " takes records of " + most
              + " bytes, and what is sent there has up to " + bytes
              + "; lower mostBytes(..), or raise the topic's max.message.bytes");
    }
  }
}
