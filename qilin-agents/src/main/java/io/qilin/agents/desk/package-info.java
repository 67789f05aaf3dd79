/** From opinions to recommendations: start with {@link io.qilin.agents.desk.ResearchDesk}. */
@NullMarked
package io.qilin.agents.desk;

import org.jspecify.annotations.NullMarked;
