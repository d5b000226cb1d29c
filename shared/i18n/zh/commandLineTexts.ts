import type { commandLineTexts as english } from '../commandLineTexts.ts';
import type { Translated } from '../translated.ts';
import { schemaReason } from './schemaReason.ts';

/** The command line in Chinese. */
export const commandLineTexts: Translated<typeof english> = {
  // Help
  about: '以图的形式连接神经网络，在本机训练，带走模型。',
  'see-help': '（neuroloom --help 列出各命令）',
  'exit-codes':
    '退出码：{done} 完成 · {input} 输入有误 · {usage} 用法有误 · {runtime} 引擎出错 · {interrupted} 被中断，已存检查点',
  'json-note': '使用 --json 时，标准输出的每一行是一个 JSON 对象；日志写到标准错误。',
  'help-usage': '用法：',
  'help-arguments': '参数：',
  'help-options': '选项：',
  'help-commands': '命令：',
  'option-help': '显示命令的帮助',
  'option-version': '显示版本',
  'option-language': '语言：en 或 zh（默认取自 LANG）',
  'option-json': '每行输出一个 JSON 对象',
  'option-data-dir': '存放训练记录和运行包的文件夹（默认为平台的惯例位置）',
  'option-engine': '用哪个引擎计算（默认为能用的最好的）',
  'command-help': '显示命令的帮助',
  'command-templates': '列出模板，或把一个模板的图输出为 JSON',
  'command-merge': '合并同一张图的两个版本（git 的合并驱动程序）；结果写入 <ours>',
  'merge-install':
    '让 git 合并图文件，每台机器和每个仓库各设置一次：\n  git config --global merge.neuroloom.driver "neuroloom merge %O %A %B %P"\n  echo "*.neuroloom.json merge=neuroloom" >> .gitattributes',
  'merge-done': '{file}：已合并。',
  'merge-conflicts':
    '{file}：有 {count} 处两边都改了。文件中保留的是我方的内容，可以直接打开；如果对方的才对，请改好后再 git add。',
  'merge-conflict': '  {place}：我方 {ours}，对方 {theirs}',
  'merge-kept':
    '  {place}：{side, select, ours {我方已删除，对方有更改} other {对方已删除，我方有更改}}；仍保留在文件中：{value}',
  'merge-side': '{file}（{side, select, base {改动前} ours {我方版本} other {对方版本}}）',
  'command-validate': '显示图的问题：位置、两边的形状、修复办法',
  'option-explain': '同时显示编译器各阶段如何处理此图（会启动引擎）',
  'command-train': '训练一个图：.neuroloom.json 文件或模板的 id',
  'option-epochs': '所有训练样本看几遍',
  'option-steps': '整次训练到这么多步后结束',
  'option-seed': '权重、顺序和 dropout 的随机种子',
  'option-set': '更改节点的参数（或 training.…）或变量；可重复使用',
  'option-train-out': '把训练记录放进此文件夹，它必须为空或不存在',
  'option-init': '以此训练（文件夹或编号）或 .safetensors 文件的权重开始，凡名称与形状相符者',
  'option-resume': '从最新的检查点继续此文件夹（或此 id）的训练',
  'command-evaluate': '训练记录（文件夹或 id）的指标和混淆矩阵',
  'option-data': '用哪些样本',
  'command-predict': '网络对文件中样本的答案',
  'option-input': 'PNG 图片、JSON 文件或表格，见下文',
  'predict-files':
    'PNG 是一个数字的图片，浅底深字或深底浅字均可，大小不超过 {side}×{side}。\nJSON 文件含有一个或多个样本的数，嵌套或平铺均可：对 MNIST 是 28×28 个从 0（黑）\n到 1（白）的数，可以单独给出，也可以按端口给出：{example}。\n表格（CSV）用于以表格训练的网络：按名称找到各列，并像训练时那样归一化。\n对以图片文件夹训练的网络，JPEG 或 PNG 会变成相同的尺寸和形式。',
  'command-sample': '语言模型的新文本，或生成器的新图像（训练记录的文件夹或 id）',
  'option-prompt': '要续写的文本（默认：新的一行）',
  'option-length': '要写的字符数',
  'option-temperature': '0 总是取最可能的字符，1 按网络所说的抽取',
  'option-top-k': '只从最可能的这么多个中抽取（0：从全部）',
  'option-count': '要生成的图像数',
  'option-class': '所有图像的类别编号（默认：依次各类）',
  'option-sample-steps': '扩散用多少步去除噪声',
  'option-sample-seed': '相同的种子产生相同的文本或图像',
  'option-sample-out': '图像写入的 PNG 文件',
  'command-export': '把训练记录的网络写出，供其他程序使用',
  'option-to': '格式',
  'option-export-out': '要写出的文件夹（savedmodel）或文件（safetensors）',
  'command-runtimes': '本机的引擎：列出、安装、校验、移除或选择',
  'argument-runtimes-action':
    '列出（list）；安装、校验或移除运行包（install、verify、remove）；从文件导入（import）；使用某引擎（use）；清理未使用的运行包和下载（clean）',
  'argument-runtimes-target':
    '运行包（tensorflow-cpu、tensorflow-cuda）、导入的文件，或要使用的引擎（auto 选最好的）',
  'option-manifest': '安装此 JSON 文件指定的内容（各平台的地址、大小、SHA-256），代替发行版自带的列表',
  'command-serve': '在浏览器中使用应用：显示地址并持续服务，直到按 Ctrl+C',
  'option-port': '端口（默认：任一空闲端口）',
  'option-host': '监听的地址（默认：127.0.0.1）',
  'option-token': '地址中的令牌，22 个字符以上（默认：新生成一个）',
  'option-root': '页面可以打开和保存其中文件的文件夹（默认：主文件夹）',
  'expects-number': '需要 {from} 到 {to} 的数。',
  'expects-integer-from': '需要不小于 {from} 的整数。',
  'expects-integer': '需要 {from} 到 {to} 的整数。',

  // Usage
  'train-what': 'train 需要一个图（文件或模板 id），或 --resume 加训练记录的文件夹。',
  'resume-alone': '--resume 沿用原训练的图、种子和文件夹：请去掉 --out、--set、--seed 和 --init。',
  'import-what': 'runtimes import 需要运行包文件（.tar.gz 或 .zip）。',
  'which-pack': '请指明一个运行包：{packs}。',
  'which-runtime': '请指明一个引擎：{runtimes}。',
  'table-unreadable': '{file}：{detail}',
  'table-columns-missing': '{file} 缺少此网络需要的列：{columns}。',
  'set-form':
    '--set {assignment}：请写成 node.param=value，例如 adam.learningRate=0.001，或 variable=value，例如 width=64',

  // Input
  'neither-file-nor-template':
    '“{source}”既不是可读取的文件，也不是模板（{templates}）。{detail, select, none {} other {{detail}}}',
  'graph-unreadable': '无法把 {source} 读作图。',
  'graph-not-trainable': '此图无法训练。',
  'unknown-node': '--set {assignment}：没有节点“{node}”。节点有：{nodes}',
  'unknown-param': '--set {assignment}：{node} 没有“{param}”。它有：{params}',
  'invalid-param': `--set {assignment}：${schemaReason}`,
  'unknown-variable':
    '--set {assignment}：图中没有变量“{name}”。它有：{variables, select, none {无} other {{variables}}}',
  'invalid-variable': '--set {assignment}：{reason}',
  'unknown-template': '没有模板“{id}”。有：{templates}',
  'run-not-found': '“{text}”既不是训练记录的文件夹（其中没有 run.json），也不是训练记录的 id。',
  'run-damaged': '{path} 已损坏：{detail}',
  'run-graph-outdated': '此训练记录的图有问题；它由另一版本生成。',
  'file-unreadable': '无法读取 {file}：{detail}',
  'network-without-input': '网络没有输入。',
  'network-without-prediction': '网络没有预测。',
  'network-makes-nothing': '此网络只会作答：既不生成文本也不生成图像。请用 predict，或训练语言模型或生成器。',
  'picture-unreadable':
    '无法读取 {file}：{fault, select, empty {文件是空的} cut_off {文件不完整} too_large {像素太多} unsupported {不支持的 JPEG 或 PNG 类型，例如 CMYK} other {不是 JPEG 或 PNG，或已损坏}}。（{detail}）',
  'png-not-fitting': '{file}：此网络不接受 28×28 的图像。{shape, select, none {} other {它需要 {shape}。}}',
  'png-empty': '{file}：图片是空的。',
  'png-cut-off': '{file} 被截断：不是完整的 PNG。',
  'png-size': '{file} 自称为 {width}×{height} 像素；每边 1 到 {side} 才能读取。',
  'png-unreadable': '无法把 {file} 读作 PNG：{detail}',
  'picture-not-written': '无法写入 {path}：{detail}',
  'input-not-json': '{file} 既不是 PNG 图片也不是 JSON：{detail}',
  'input-port-unknown': '{file}：没有输入“{port}”。输入有：{ports}',
  'input-count': '{file}：“{port}”有 {count} 个数；{shape} 的样本有 {size} 个。',
  'input-not-numbers': '{file}：“{port}”中有不是数的内容。',

  // The engine
  'engine-missing': '引擎没有构建：缺少 {path}。请运行“npm run setup”。',
  'engine-unavailable': '引擎“{engine}”不可用；可用的是 {label}。{notes}',
  'engine-not-started': '无法启动引擎。',

  // Results
  'problem-line':
    '{severity, select, error {错误} warning {警告} other {{severity}}}{place, select, none {} other {（{place}）}}：{problem}{fix, select, none {} other {［修复：{fix}］}}',
  'template-line': '{id} {title}：{description}（{goal}）',
  'can-train':
    '{source} 可以训练：{nodes, plural, other {# 个节点}}，{parameters, plural, other {# 个参数}}。',
  'cannot-train': '{source} 无法训练：{count, plural, other {# 个问题}}。',
  'explain-plan': '计划：{nodes, plural, other {# 个节点}}，按运行顺序，批大小 {batchSize, number}',
  'explain-node': '节点',
  'explain-kind': '种类',
  'explain-output': '输出',
  'explain-weights': '权重',
  'explain-activations': '每批',
  'explain-scope': '{optimizer} 训练 {nodes}',
  'explain-programs': '{runtime}（{device}）的程序',
  'explain-no-programs': '无：此引擎逐个运行节点的运算',
  'explain-program':
    '{name}：记录了 {recorded, plural, other {# 个运算}}，用时 {recordMs, number} ms；经 TensorFlow 优化后运行 {executed, number} 个；首次运行 {firstRunMs, number} ms',
  'explain-recorded': '记录：{operations}',
  'explain-executed': '运行：{operations}',
  'explain-fused': '融合及原地：{operations}',
  'explain-times': '用时：一次运行 {total} ms，大部分在 {operations}',
  'explain-execution':
    'TensorFlow 优化器{grappler, select, true {开} other {关}}，XLA {xla, select, true {开} other {关}}，运算{thread, select, true {逐个进行} other {同时进行几个}}（{chosen, select, remembered {先前训练中最快} measured {试验步中最快} other {引擎自己的选择；长的训练会先试其他方式}}）',
  'explain-memory':
    '训练一步的内存至少：{total} = 权重 {weights} + 优化器 {slots} + 梯度 {gradients} + 激活值 {activations}',
  'last-checkpoint': '{message}最后的检查点在第 {step, number} 步。',
  'run-folder': '训练记录文件夹 {path}',
  stopping: '这一步之后停止，并保存检查点…',
  interrupted: '在第 {step, number} 步中断；继续请用：neuroloom train --resume {path}',
  done: '完成：{steps, plural, other {# 步}} · {pace} ms/步 · {split, select, test {测试} other {训练}} {metrics}',
  progress:
    '第 {epoch}/{epochs} 轮 · 第 {step, number}/{steps, number} 步 · {pace} ms/步{left, select, none {} other { · 剩余 {left}}} · {metrics}',
  seconds: '{seconds} 秒',
  minutes: '{minutes} 分 {seconds} 秒',
  'whole-line': '{split} 第 {epoch} 轮 第 {step} 步 {metrics}',
  evaluated: '{split}，{count, plural, other {# 个样本}}：{metrics}',
  'matrix-axes': '行：真实类别，列：预测类别',
  exported: '{path}：{files, plural, other {# 个文件}}，{bytes, plural, other {# 字节}}',
  'started-from': '从 {path} 开始：沿用 {taken} 个权重，{fresh} 个重新初始化，来源中 {left} 个未用',
  sampling: '正在去除噪声：第 {step} / {steps} 步',
  sampled: '{count, plural, other {# 张图像}}，在 {path}',
  'answer-probability': '{label}（{percent} %）',
  'answer-score': '{label}（得分 {score}）',
  'pack-line':
    '{id} {version}（{platform} {arch}，{size}），在 {path}{shadowed, select, true { · 未使用：上面的优先} other {}}',
  'pack-available':
    '{id} {version} 可以安装：{how, select, download {下载 {size}} other {从软件包索引在本机构建}}',
  'disk-use': '磁盘：运行包 {packs} · 未使用 {unused} · 训练记录 {runs} · 缓存 {caches} · 可用 {free}',
  'pack-progress':
    '{phase, select, prepare {准备中} download {下载中} check {检查中} unpack {解压中} build {编译中} try {试运行中} other {{phase}}}{amount, select, none {} other { {amount}}}',
  'pack-installed': '已将 {id} 安装到 {path}',
  'pack-verified': '{path} 中的 {id}：{files, plural, other {# 个文件}}与清单一致，并且能够计算',
  freed: '已释放 {size}',
  'in-use': '使用中：{id}：{label} · {device}',
};
