import type { failureTexts as english } from '../failureTexts.ts';
import type { Translated } from '../translated.ts';

const afterExit =
  '{next, select, restarted {它已重新启动：继续该训练，即可从最后的检查点接着进行。} failed {它在五分钟内退出了 {times} 次，没有再次启动：请点引擎标志重启，或选择其他引擎。} stopped {引擎没有运行。请点引擎标志重启。} other {}}';

/** Chinese texts of why a run, an engine or a call of the engine ended early. */
export const failureTexts: Translated<typeof english> = {
  // The graph
  'graph-not-ready':
    '此图无法训练：有 {total} 个问题，第一个是“{first}”{node, select, none {} other {（位于 {node}）}}。请解决“问题”面板中列出的内容。',
  'no-prediction': '图中没有损失函数，因此没有预测。请添加一个。',
  'computed-target':
    '此网络把答案与它自己算出的值作比较，因此没有样本可显示。其损失在曲线中；要查看样本，请把损失连接到数据节点。',
  'no-network-input': '网络没有输入。请把它连接到数据节点。',
  'no-language-model':
    '此网络不会续写文本：它必须根据前面的字符猜测下一个字符。请训练一个语言模型，例如模板“GPT writes Moby Dick”。',
  'no-generator':
    '此网络不会生成图像：它必须把噪声变成图像，或猜出图像中的噪声。请训练一个生成器，例如模板“Digits on demand (GAN)”。',
  'monitor-unknown': '早停监视的是“{monitor}”，但此图不测量它。可用的有：{known}。请选择其中之一。',
  'checkpoint-of-another-network':
    '检查点属于另一个网络：{weight} 在其中是 {found}，在图中是 {expected}。请开始新的训练。',
  'no-weight-fits':
    '{path} 的权重中没有一个与此图的权重同名且同形。请从节点相同的网络的训练记录开始，或使用自己的初始权重。',

  // Data
  'input-shape': '输入“{port}”的形状是 {shape}，有 {values} 个值；应为 {expected}。请给出该形状。',
  'no-input': '没有给出输入。此网络接受以下之一：{ports}。请给出一个。',
  'unknown-characters': '网络不认识 {characters}：它学过的文本中没有这些字符。请去掉它们。',
  'class-unknown': '没有类别 {wanted}。请选择 0 到 {classes}。',
  'training-split-empty': '训练集是空的。请少留出一些样本。',
  'validation-split-empty': '早停监视的验证集是空的。请留出一些样本，或关闭早停。',
  'batch-larger-than-data': '一批应有 {batchSize} 个样本，但只有 {count} 个可训练。请选择更小的批大小。',
  'data-shape':
    '“{port}”处样本的形状是 {found}；数据节点声明的是 {expected}。请选择正确的文件，或修改数据节点。',
  'label-out-of-range':
    '{split} 集的样本 {sample} 在“{port}”处的标签是 {value}，但类别只有 0 到 {classes, plural, offset:1 other {#}}。请修正数据。',
  'value-not-finite':
    '{split} 集的样本 {sample} 在“{port}”处的值缺失或不是数值（{value}）。请补上，或去掉该样本。',
  'data-file-unusable':
    '数据文件 {path} 无法使用：{why, select, opening {无法打开} reading {无法读取} changed {读取时发生了变化} size {有 {found} 字节，应为 {expected} 字节} shape {形状是 {found}，应为 {expected}} other {开头不像字节型 IDX 文件}}。请重新安装数据（npm run setup）。',
  'no-dataset': '图中没有数据集。请添加一个。',
  'datasets-do-not-pair':
    '数据集不能配对：{first} 有 {expected} 个 {split} 样本，{second} 有 {found} 个。请使用大小相同的数据集。',
  'own-data-not-read': '此运行开始时没有读取数据节点的文件。请开始新的运行。',
  'own-data-missing': '此运行的数据“{path}”已不存在或无法读取。请放回原处，或用其他数据开始新的运行。',
  'own-data-changed':
    '此运行的数据“{path}”在运行开始后已更改，其划分和均值不再是训练时的那些。请放回旧数据，或开始新的运行。',
  'pictures-damaged':
    '{count, plural, one {“{path}”已损坏（{detail}）} other {# 张图片已损坏，例如“{path}”（{detail}）}}。再次开始即可不用{count, plural, one {它} other {它们}}训练；“数据”面板会列出未使用的文件。',
  'pictures-no-room':
    '处理好的图片需要在 {path} 中占用 {bytes, number} 字节，而可用的只有 {free, number} 字节。请腾出空间，或选择更小的宽度和高度。',
  'pictures-not-kept': '处理好的图片无法保存在 {path} 中：{detail}。请检查磁盘后重新开始。',
  'loader-unknown': '此版本没有加载器“{loader}”。请更新应用，或使用其他数据集。',
  'label-not-a-digit': '{path} 中有一个标签不是数字。请重新安装数据（npm run setup）。',
  'whole-graph-batch': '此数据集的一个样本就是一整个图，但要求的批大小是 {size}。请把批大小设为 1。',
  'mnist-missing': 'MNIST 图像没有安装{path, select, none {} other {（{path}）}}。请运行 npm run setup。',

  // Numbers
  'loss-not-finite':
    '损失是 {loss}（第 {epoch} 轮）。{what, select, output {第一个不是数值的值是 {node} 的输出“{name}”，在第 {step} 步。{step, plural, =1 {此时权重尚未改变，所以原因不是学习率：请检查该节点及其输入是否除以零、对没有根或对数的数开方或取对数，或数值过大。} other {请降低学习率、裁剪梯度，或检查该节点是否除以零，然后从最后的检查点继续。}}} gradient {第一个不是数值的值是 {node} 中 {name} 的梯度，在第 {step} 步。请检查其中斜率不是有限值的地方，例如 0 处的开方或除法，并使数值远离它；如果没有，请降低学习率。然后从最后的检查点继续。} weight {第 {step} 步的更新使 {node} 的 {name} 变成了无穷大。请降低学习率或裁剪梯度，然后从最后的检查点继续。} other {发生在第 {step} 步。请降低学习率或裁剪梯度，然后从最后的检查点继续。}}',

  // Files
  'run-unreadable': '无法读取 {path} 中的训练记录，它可能已被删除；请选择其他记录。',
  'run-graph-damaged': '{path} 已损坏。请选择其他训练记录。',
  'run-damaged': '此训练记录的文件已损坏，无法读取（{detail}）。请删除它，或修复 {path}。',
  'run-abandoned-early': '应用在此次训练有检查点之前就退出了。请重新开始。',
  'run-abandoned': '应用在训练过程中退出了。可以从第 {step} 步继续。',
  'no-weights-to-start-from': '{path} 中没有可读取的权重。请从另一次训练开始，或使用自己的初始权重。',
  'no-checkpoint': '此训练记录没有可读取的检查点。请再训练，至少一步。',
  'checkpoints-unreadable': '此训练记录的检查点都已无法读取。请开始新的训练。',
  'best-weights-unreadable':
    '最好的权重（第 {best} 步）已无法读取。最后的权重（第 {step} 步）在训练记录的文件夹中；请继续该训练，或重新训练。',
  'checkpoint-not-saved':
    '无法保存第 {step} 步的检查点。{cause, select, full {磁盘已满。请腾出空间后继续。} denied {文件夹不可写。请选择其他文件夹或更改其权限。} other {请检查磁盘后继续。}}（{detail}）',
  'disk-full': '磁盘已满。请腾出空间后继续。（{detail}）',
  'folder-not-writable': '文件夹不可写。请选择其他文件夹或更改其权限。（{detail}）',
  'file-not-usable': '有一个文件无法读取或写入。请检查磁盘后重试。（{detail}）',
  'export-in-the-way': '{path} 已存在，且不是先前导出的模型。请换个名称，或先将它移除。',
  'saved-model-unavailable':
    '{engine} 不能写出 SavedModel。请安装原生引擎（npm run setup），或导出为 safetensors。',
  'saved-model-too-large': 'SavedModel 最多容纳 2 GB 权重。请把此网络导出为 safetensors。',

  // The engine
  'out-of-memory': '内存不足以容纳此网络。请缩小批大小或各层。（{detail}）',
  'out-of-memory-at':
    '{why} {node} 的输出最大：批大小 {batch, number} 时为 {megabytes, number} MB。{smallerBatch, plural, =0 {请缩小它的各层。} other {请试试批大小 #。}}',
  'memory-forecast':
    '训练此网络至少需要 {needed, number} MB 内存，而可用的有 {free, number} MB。{node, select, none {} other {{node} 的输出最大：批大小 {batch, number} 时为 {megabytes, number} MB。}}{smallerBatch, plural, =0 {请缩小它的各层。} other {请试试批大小 #。}}',
  'engine-error': '引擎报告了错误：{detail}',
  'engine-error-at': '无法计算 {node}：{detail}。请检查其设置和输入，或报告此问题。',
  'index-beyond':
    '{node} 收到编号 {index}，但那里只有 0 到 {last}。请按数据增大它（词表、类别或行数），或更正数据。',
  'gpu-lost':
    '显卡丢失：驱动程序被重置或显卡被移除{detail, select, none {} other {（{detail}）}}。请重启引擎并从最后的检查点继续，或选择其他引擎。',
  'unknown-engine-method': '引擎没有方法“{method}”。请重启应用，使两者版本一致。',
  'engine-input-invalid': '“{method}”的输入有误：{detail}。请改正后重试。',
  'run-in-progress': '已有训练正在进行。请先停止它，或等它结束。',
  'run-not-in-progress': '此训练已不在进行。请继续它，或开始新的训练。',
  'run-being-prepared': '训练仍在准备中。请稍后再试。',
  'engine-ended': '引擎已被结束。请再次开始训练，从最后的检查点继续。',
  'run-ended-unexplained': '训练不明原因地结束了。请查看其文件夹，然后重新开始。',
  'engine-not-running': '引擎没有运行。请点引擎标志重启。',
  'engine-hung': `引擎没有了响应，已被结束。${afterExit}`,
  'engine-out-of-memory': `引擎内存耗尽。请缩小批大小或各层。${afterExit}`,
  'engine-took-memory': `引擎占用了 {percent} % 的内存，被系统结束。请缩小批大小或各层。${afterExit}`,
  'engine-killed': `引擎被外部强行结束。${afterExit}`,
  'engine-crashed': `引擎意外退出：{how}。{detail, select, none {} other {最后的输出：{detail}}}${afterExit}`,
};
