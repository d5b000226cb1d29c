import type { en } from '../en.ts';
import type { Translated } from '../translated.ts';
import { failureTexts } from './failureTexts.ts';
import { runtimeNoteTexts } from './runtimeNoteTexts.ts';
import { schemaReason } from './schemaReason.ts';

const typeNames =
  'tensor {张量} image {图像} tokens {词元} graph {图} loss {损失} optimizer {优化器} metric {指标}';
const expressionReason =
  '{reason, select, end {过早结束} character {“{found}”不能用在表达式中} value {“{found}”之前应有数或变量} operator {“{found}”之前应有运算符} bracket {“{found}”之前有括号未闭合} function {没有函数“{found}”} arguments {“{found}”的参数个数不对} depth {嵌套过深} size {{found} 超出了数的范围} length {过长} other {无法读取}}';
const numberSorts = 'float32 {实数（float32）} int32 {整数（int32）} bool {真值（bool）}';

/** The Chinese of `shared/i18n/en.ts`: problems, fixes, edits, failures, notes on engines. */
export const zh: Translated<typeof en> = {
  problems: {
    // Reading a file
    'file-empty': '文件是空的。请选择其他文件，或用您的工作覆盖它。',
    'json-broken':
      '文件在第 {line} 行第 {column} 列不是有效的 JSON：{reason, select, end {文本过早结束} value {此处应为一个值} key {此处应为带引号的键} colon {此处应为冒号} comma {此处应为逗号或列表结尾} string {带引号的文本没有结束} escape {反斜杠后面是未知字符} extra {结尾之后还有内容} depth {嵌套过深} other {无法读取}}。请用文本编辑器修正此处。',
    'not-a-document':
      '这是 JSON，但不是 Neuroloom 的图。请选择由 Neuroloom 保存的文件（"format": "neuroloom"）。',
    'version-missing': '文件没有给出有效的版本（第 {line} 行）。请把 "version" 设为整数。',
    'newer-version':
      '文件由更新的 Neuroloom 保存（格式版本 {version}；当前最高可读 {supported}）。请更新 Neuroloom 后再打开。',
    'document-invalid': `第 {line} 行第 {column} 列：{path} 不正确：${schemaReason}。请用文本编辑器修正。`,
    'file-too-large': '文件有 {size, number} MB；图最多 {limit, number} MB。请选择由 Neuroloom 保存的图。',
    'file-not-a-graph': '这不是图文件。请选择由 Neuroloom 保存的图，或带图导出的图片。',
    'file-is-table': '这是表格，不是图。要用它训练，请添加节点“CSV 文件”，并在其中选择它。',
    'file-not-text': '这不是文本文件。请选择由 Neuroloom 保存的图，或带图导出的图片。',
    'file-unreadable': '未能完整读取。请检查它是否还在，以及是否是图文件。',
    'picture-without-graph': '图片中没有图。只有由 Neuroloom 导出、且未被其他程序重新保存过的图片才带有图。',
    'document-too-large':
      '图中有 {nodes, number} 个节点；最多可打开 {limit, number} 个。请把重复的部分放进块里。',
    'forbidden-key': '第 {line} 行第 {column} 列：图中不允许出现键“{path}”。请用文本编辑器将其删除。',
    'duplicate-node-id':
      '有两个节点的 id 都是“{id}”{line, plural, =0 {} other {（第 # 行）}}。请给其中一个换个 id。',
    'duplicate-edge': '连线 {id} 出现了两次{line, plural, =0 {} other {（第 # 行）}}。请移除其中一条。',
    'duplicate-variable':
      '有两个变量都叫“{name}”{line, plural, =0 {} other {（第 # 行）}}。请给其中一个换个名称。',
    'clipboard-not-a-graph': '剪贴板中没有节点。请先复制一些节点。',

    // Wires
    'node-not-found': '节点“{id}”已不存在。请撤销，或选择其他节点。',
    'edge-not-found': '连线 {id} 已不存在。请选择其他连线。',
    'edge-to-nowhere': '有一条连线通往“{id}”，但图中没有它。请移除该连线。',
    'port-not-found': '{node} 没有端口“{port}”。请移除该连线，或连接其他端口。',
    'port-occupied': '{node} 的输入“{port}”只能接一条连线，且已接有一条。请移除一条连线。',
    'wire-to-itself': '{from} 不能连到自己。请把它连接到其他节点。',
    'output-to-output': '两端都是输出。请把连线连到 {to} 的一个输入。',
    'input-to-input': '两端都是输入。请从一个输出开始连线。',
    'wrong-direction': '连线从输入走向了输出。请反过来连接。',
    'already-connected': '这条连线已经存在。请连接其他端口。',
    'too-many-wire-points': '一条连线最多可经过 {most} 个点。请先去掉它的一个点。',
    'would-close-cycle': '这会形成回路：{from} 已经依赖于 {to}。请连接更靠后的节点。',
    'type-mismatch': `{to} 不能接{received, select, ${typeNames} other {{received}}}。需要{expected, select, ${typeNames} other {{expected}}}，从 {from} 收到的是{received, select, ${typeNames} other {{received}}}。请连接其他输出。`,
    'dtype-mismatch': `{to} 的数值类型不对。需要{expected, select, ${numberSorts} other {{expected}}}，从 {from} 收到的是{received, select, ${numberSorts} other {{received}}}（{shape}）。请连接其他输出。`,
    'output-unavailable':
      '在当前设置下，{from} 的“{output}”没有输出，只有{given}有。请更改设置，或连接其他输出。',
    cycle: '连线形成了回路：{members}。请移除其中一条。',

    // Shapes
    'needs-flat-input': '需要展平的输入。需要 {expected}，收到 {received}。',
    'needs-image-input': '需要图像：高、宽、通道。需要 {expected}，收到 {received}。请把它放在图像展平之前。',
    'needs-sequence-input':
      '需要序列：每一步都有特征。需要 {expected}，收到 {received}。请连接一个序列，例如经过嵌入层。',
    'vocabulary-unknown': '无法从数据得知有多少个词元。请设置词表大小。',
    'vocabulary-too-small':
      '数据有 {known, number} 个不同的编号，词表却只有 {given, number}。请增大它，或设为 0 以取自数据。',
    'rows-too-few': '这些编号需要 {known, number} 行。需要 {expected}，收到 {received}。请连接行数足够的表。',
    'needs-edge-list':
      '需要图的边：每行两个节点编号。需要 {expected}，收到 {received}。请连接图数据节点的边。',
    'width-does-not-divide': '{received} 不能分成相等的 {parts} 份。请选择能整除 {width} 的份数。',
    'needs-series-input': '需要序列：步、特征。需要 {expected}，收到 {received}。请连接一个序列。',
    'needs-volume-input':
      '需要三维体：深、高、宽、通道。需要 {expected}，收到 {received}。请连接三维体或视频。',
    'needs-places-input':
      '需要序列、图像或三维体：批和通道之间的尺寸须已知。需要 {expected}，收到 {received}。请把它放在展平之前。',
    'needs-film-input': '需要视频：步、高、宽、通道。需要 {expected}，收到 {received}。请连接视频。',
    'groups-do-not-fit':
      '{groups} 组不能同时整除 {channels} 个通道和 {filters} 个滤波器（{received}）。请选择能同时整除两者的数。',
    'groups-do-not-divide': '{groups} 组不能整除 {received} 的 {channels} 个通道。请选择能整除的数。',
    'pool-larger-than-input': '结果 {size} 会大于输入 {received}。请选择更小的尺寸。',
    'block-does-not-divide':
      '大小为 {block} 的块不能整除此输入。需要 {expected}，收到 {received}。请选择其他块大小。',
    'mirror-too-wide': '边框比 {received} 能镜像的还宽。请把它变窄，或用数值填充。',
    'nothing-left': '前面裁去 {before}、后面裁去 {after} 之后，{received} 就什么都不剩了。请少裁一些。',
    'needs-channels': '至少需要批和通道两个轴。需要 {expected}，收到 {received}。请连接其他输出。',
    'needs-known-size': '需要已知的尺寸。需要 {expected}，收到 {received}。请连接其他输出。',
    'weights-do-not-fit': '权重不匹配。需要 {expected} 或其前几个轴，收到 {received}。请连接其他权重。',
    'confusion-classes':
      '{classes, number} 个类别的混淆矩阵太大；最多 {limit, number} 个。请使用准确率或召回率。',
    'class-weights-count':
      '给出了 {count, plural, other {# 个类别权重}}，但有 {classes, plural, other {# 个类别}}。请为每个类别给一个，或一个也不给。',
    'ctc-steps': '{labels} 个标签放不进 {steps} 步，或步数超过 {limit}。步数应多于标签数，且不超过 {limit}。',
    'ctc-blank': '空白类别是 {blank}，但共有 {classes} 个类别（从 0 数起）。请另选一个。',
    'needs-class-labels': '每个样本需要一个类别编号。需要 {expected}，收到 {received}。请连接标签。',
    'window-too-large':
      '{window} 的窗口超出了输入。需要 {expected}，收到 {received}。请选择更小的窗口，或使用“same”填充。',
    'kernel-spread-too-large':
      '按空洞率展开后，{window} 的滤波器需要 {count, number} 个数；最多 {limit, number} 个。请减小空洞率或卷积核。',
    'shapes-differ': '形状不同。需要 {expected}，收到 {received}。请使两者形状一致。',
    'class-count-mismatch':
      '数据有 {classes, plural, other {# 个类别}}。需要 {expected}，收到 {received}。请把最后一层设为 {classes, plural, other {# 个单元}}。',
    'axis-not-available':
      '{received} 中没有可用的轴 {axis}{first, plural, =0 {} other {：轴 0 是批}}。请选择 −1 或 {first} 到 {last} 的轴。',
    'needs-shape': '需要另一种形式的输入。需要 {expected}，收到 {received}。请连接其他输出，或先改变其形状。',
    'sorts-differ': '两者必须是同一种数值。需要 {expected}，收到 {received}。请插入类型转换。',
    'reshape-count': '{received} 的一个样本有 {count, number} 个数，放不进 {expected}。请更改形状。',
    'order-incomplete': '顺序 {order} 没有把 {received} 的每个轴各列一次。请把轴 1 到 {count} 各写一次。',
    'axis-not-one': '{received} 的轴 {axis} 有 {size} 个位置，而不是一个。请选择大小为 1 的轴。',
    'slice-outside':
      '从 {start} 起的{count, plural, =-1 {所有位置} other { # 个位置}}超出了该轴的大小 {size}（{received}）。请更改起点或数量。',
    'not-divisible': '{received} 中大小为 {size} 的轴不能分成相等的 {parts} 份。请选择能整除它的份数。',
    'fewer-than-k': '{received} 的最后一轴有 {width} 个数，少于 k = {k}。请选择更小的 k。',
    'one-hot-classes': '数据有 {classes, plural, other {# 个类别}}，但每行有 {given} 个。请使两者一致。',
    'limits-reversed': '最小值 {min} 不小于最大值 {max}。请更改其中之一。',
    'second-input-missing': '{node} 做“{operation}”需要第二个输入。请连接它。',
    'einsum-unreadable': '无法读懂等式 {equation}。请用字母表示一个或两个输入的轴，例如 bij,bjk->bik。',
    'einsum-operands':
      '等式 {equation} 用于 {wanted, plural, other {# 个输入}}，但连接了 {count} 个。请连接同样多的输入，或更改等式。',
    'graphs-half-told':
      '{node} 需要知道每个节点属于哪个图、以及有多少个图，但两者只连接了一个。请把另一个也连接上；若只有一个图，则都不连接。',
    'expression-unreadable':
      '公式在第 {at} 个字符处不正确：{reason, select, end {过早结束} character {“{found}”不能用在公式中} value {“{found}”之前应有数或输入} operator {“{found}”之前应有运算符} bracket {“{found}”之前有括号未闭合} function {没有函数“{found}”} arguments {“{found}”的参数个数不对} depth {嵌套过深} size {{found} 超出了数的范围} other {无法读取}}。请改正。',
    'expression-input-missing': '公式在第 {at} 个字符处用到输入 {name}，但它没有连接。请连接它。',
    'expression-name-unknown': '公式在第 {at} 个字符处写了“{name}”，但没有这个输入。请使用 a、b、c 或 d。',
    'expression-not-finite':
      '无论输入什么，公式在第 {at} 个字符处{byZero, select, true {都除以零} other {的“{found}”都得不到有限的数}}。请改正。',
    'single-value': '只接入了一条连线，没有可合并的内容。请再连接一条。',
    'softmax-twice': '此损失自带 softmax，而输入已经过一次：训练会很慢。请把激活函数设为线性。',

    // People's own data
    'no-file-chosen': '{node}还没有数据。请选择文件或文件夹。',
    'data-not-read': '“{path}”还没有查看。请稍候，或重新选择。',
    'data-not-allowed': '图中写着“{path}”，但您没有选过它。只有您亲自选择后才会读取。',
    'data-file-missing': '“{path}”不存在，可能已被移动或改名：请重新选择。',
    'data-not-permitted': '“{path}”不允许读取：没有权限。请更改其权限，或选择其他。',
    'data-wrong-kind':
      '“{path}”是{wanted, select, folder {文件，但需要文件夹} other {文件夹，但需要文件}}。请选择其他。',
    'data-file-too-large':
      '文件有 {bytes, number} 字节，超过可读取的 {limit, number}。请选择更小的文件，或只取一部分。',
    'data-unreadable': '“{path}”无法读取：{detail}。请重试，或选择其他。',
    'csv-empty': '文件没有数据行。请选择其他文件。',
    'csv-one-row': '文件只有一行，网络无法从一行中学习。请选择其他文件。',
    'csv-not-text': '这不是文本，所以不是这类表格。请在原程序中另存为 CSV。',
    'csv-malformed':
      '表格在第 {line} 行无法读取：{reason, select, quote {引号没有闭合} long {一行超过 16 MB，可能有引号未闭合} other {{detail}}}。请修正该行，或把引号设为“无”。',
    'csv-too-wide':
      '第 {line} 行有 {columns, number} 列，超过表格允许的 {limit, number} 列。请去掉一些列，或检查分隔符。',
    'csv-ragged':
      '第 {line} 行有 {found, plural, other {# 个单元格}}，但表格有 {expected, plural, other {# 列}}。请修正该行，或舍弃有缺失值的行。',
    'csv-column-unknown': '没有名为“{column}”的列。表格有：{columns}。请从中选择。',
    'csv-no-split-column': '没有指定说明划分的列。请从中指定一列：{columns}；或选择其他划分方式。',
    'csv-no-target': '没有可以预测的列。请指定一个数值或类别列。',
    'csv-no-features':
      '{columns, plural, =1 {表格只有一列，没有其他列可用来预测它。请检查分隔符} other {没有可用于预测的列。请少去掉一些列、更正列的类型}}，或选择其他文件。',
    'csv-many-classes': '有 {count} 个目标是类别，最多只能有 {limit} 个。请少指定几个，或把一些当作数值。',
    'csv-target-too-varied':
      '目标“{column}”有超过 {limit, number} 个不同的值，作为类别太多。请选择其他目标，或当作数值。',
    'csv-one-class': '所有行的“{column}”都相同（{value}），没有可学的内容。请选择其他目标。',
    'csv-columns-left-out':
      '{count, plural, other {# 列}}被去掉，因为是文本、空白、恒定或只是行号：{columns}。要使用某列，请说明其类型。',
    'csv-rows-left-out': '{count, plural, other {# 行}}因缺失值而舍弃。若要保留，请填补缺失值。',
    'csv-missing-values':
      '“{column}”有 {count, plural, other {# 个缺失值}}，首个在第 {line} 行{cell, select, empty {} other {（“{cell}”）}}。请填补、舍弃这些行，或去掉该列。',
    'csv-split-unknown':
      '划分列写着“{value}”，它不是 train、validation、test 之一。请更正，或选择其他划分方式。',
    'csv-nothing-left': '没有剩下可训练的行。请填补缺失值，或少留出一些行。',
    'csv-too-large':
      '{rows, number} 行 × {features, number} 个特征所需的内存超过表格允许的 {limit, number} 字节。请去掉一些列或行。',
    'images-none':
      '文件夹中没有 JPEG 或 PNG{others, plural, =0 {} other {，只有 # 个其他类型的文件}}。请选择其中每个类别各有一个图片文件夹的文件夹。',
    'images-none-readable': '{count, plural, other {# 张图片都无法读取}}，例如“{path}”。请选择其他文件夹。',
    'images-too-many': '文件夹中有超过 {limit, number} 张图片，或文件太多。请选择文件较少的文件夹。',
    'images-too-large':
      '{count, number} 张 {height}×{width} 的图片需要 {bytes, number} 字节，最多只能保存 {limit, number} 字节。请减小宽度和高度。',
    'images-many-classes':
      '有 {count, number} 个带图片的文件夹，超过最多 {limit, number} 个类别。请选择存放各类别文件夹的那个文件夹。',
    'images-nothing-left': '没有剩下可训练的图片。请少留出一些。',
    'images-broken':
      '{count, plural, one {“{path}”无法读取，未使用} other {# 张图片无法读取，未使用，例如“{path}”}}。“数据”面板会说明原因；请替换或删除。',
    'images-one-class':
      '所有图片都属于同一个类别“{name}”，没有可区分的内容。请选择{inner, plural, =0 {上一级文件夹} other {“{name}”本身（如果其中的文件夹才是类别）}}，或只使用图片。',
    'images-nested':
      '每个类别中都有相同的文件夹：{inner}。如果它们才是类别，请去掉外层文件夹，或把外层命名为 train、validation、test。',
    'images-uneven':
      '类别“{most}”有 {mostCount, number} 张图片，而“{least}”只有 {leastCount, number} 张：网络可能只学会说出常见的类别。请增加图片，或在损失中给类别加权。',
    'images-outside':
      '{count, plural, other {有 # 张图片不在任何类别文件夹中}}，{count, plural, other {未使用}}。请把{count, plural, other {它们}}移入其中一个。',
    'images-links':
      '{count, plural, other {文件夹中有 # 个链接未被跟随}}。请把{count, plural, other {它们指向}}的内容复制到文件夹中。',
    'images-other-kinds':
      '{count, plural, other {有 # 个文件}}既不是 JPEG 也不是 PNG，未使用。要使用其他格式的图片，请先转换。',

    // Parameters and sizes
    'param-out-of-range':
      '{node} 的{label}是 {value}，但必须在 {min, number} 到 {max, number} 之间。请更改。',
    'param-invalid': `{node} 的{label}不能是 {value}：${schemaReason}。请更改。`,
    'expression-not-readable': `{node} 的{label}是 {expression}，在第 {at} 个字符处不正确：${expressionReason}。请改正。`,
    'expression-variable-unknown':
      '{node} 的{label}是 {expression}，但没有变量“{name}”（第 {at} 个字符）。请添加它，或改正名称。',
    'expression-variable-broken':
      '{node} 的{label}是 {expression}，但变量“{name}”（第 {at} 个字符）没有值。请修正该变量。',
    'expression-no-number': '{node} 的{label}是 {expression}，结果不是有限的数。请更改表达式或其变量。',
    'expression-not-whole':
      '{node} 的{label}必须是整数，但 {expression} 的结果是 {value, number, ::.######}。请取整，或更改变量。',

    // Variables
    'variable-unreadable': `变量 {name} 在第 {at} 个字符处不正确：${expressionReason}。请改正。`,
    'variable-names-unknown':
      '变量 {name} 在第 {at} 个字符处用到“{other}”，但没有这个变量。请添加它，或改正名称。',
    'variable-names-broken': '变量 {name} 在第 {at} 个字符处用到“{other}”，但它没有值。请修正那个变量。',
    'variable-cycle': '变量 {name} 在第 {at} 个字符处依赖于自己：{circle}。请把其中一个改为数值。',
    'variable-no-number': '变量 {name} 是 {expression}，结果不是有限的数。请更改。',
    'variable-name-invalid': '“{name}”不能作变量名。请以字母开头，后接字母、数字和 _，且不要与函数同名。',
    'variable-exists': '已有变量“{name}”。请换个名称。',
    'variable-not-found': '没有变量“{name}”，它可能已被移除。',
    'variable-value-invalid':
      '变量 {name} 需要一个有限的数，或以 = 开头、不超过 1000 个字符的表达式。请更改。',
    'param-unknown': '{node} 有一项此版本不认识的设置“{param}”。它会保留，但不起作用。',
    'training-setting-unknown': '图中有此版本不认识的训练设置“{setting}”。它会保留，但不起作用。',
    'training-setting-invalid': `训练设置“{setting}”不正确：${schemaReason}。请更改。`,
    'weight-too-large':
      '{node} 的 {weight} 会有 {count, number} 个数；一个张量最多容纳 {limit, number} 个。请缩小该层或其输入。',
    'output-too-large':
      '{inside, select, true {{node} 内部将产生} other {{node} 的输出将是}} {received}：每个样本 {count, number} 个数，而一个张量最多容纳 {limit, number} 个。请缩小该层或其输入。',
    'model-too-large': '权重将占用 {gibibytes} GiB，大部分在 {node} 中；上限是 {limit} GiB。请缩小该层。',
    'batch-too-large':
      '大小为 {batchSize} 的一批将占用 {gibibytes} GiB，大部分在 {node} 中；上限是 {limit} GiB。请选择更小的批大小，或缩小该层。',
    'batch-overflows':
      '{inside, select, true {{node} 内部产生} other {{node} 的输出是}} {received}：批大小为 {batchSize} 时有 {count, number} 个数，而一个张量最多容纳 {limit, number} 个。请减小批大小，或缩小该层。',
    'nothing-to-train-on': '{node} 没有留下可训练的样本。请少留出一些。',
    'batch-above-data': '一批应有 {batchSize} 个样本，但 {node} 只有 {count} 个可训练。请选择更小的批大小。',
    'nesterov-without-momentum': '没有动量时 Nesterov 不起作用。请设置动量，或将它关闭。',

    // Blocks
    'block-unknown': '{node} 是模块“{block}”的实例，但图中没有该模块。请选择其他模块。',
    'block-inside-itself': '模块 {block} 经由 {node} 包含了自己。请把该节点移出。',
    'block-too-large': '{node} 会使图超过 {limit, number} 个节点。请减少重复次数。',
    'block-share-mismatch':
      '{node} 不能与“{other}”共享权重：对方必须是同一模块的另一实例，且重复次数相同。请另选一个，或不共享。',
    'block-not-found': '模块“{block}”已不在图中。请撤销，或选择其他模块。',
    'block-of-nothing': '没有选中节点。请选择要做成模块的节点。',
    'not-inside-a-block':
      '{node} 不能放在模块中：{role, select, dataset {数据} other {优化器}}在整个图中只有一份，而模块可以重复。请把它留在外面。',
    'block-would-cycle':
      '这些节点不能做成一个模块：外面的 {node} 位于它们之间，模块会依赖于自己。请把它也包括进来。',
    'block-divides-sharing': '{node} 与模块边界另一侧的实例共享权重。请把两者都包括进来，或都不包括。',
    'block-port-to-port': '模块的输入不能直接连到输出。请在中间放一个节点，例如恒等。',
    'block-output-empty': '{node} 内部没有节点连到其输出“{port}”。请打开模块连接它，或移除该端口。',
    'block-in-use': '该模块有 {count, plural, other {# 个实例}}。请先移除或拆开它们。',
    'block-unpack-shared': '{node} 共享权重，而节点不能共享。请先让它有自己的权重，再拆开。',
    'block-share-other':
      '只有同一模块、重复次数相同的实例才能共享权重{node, select, other {（{node}）}}。请选择两个或更多。',
    'no-repetition': '没有参数相同、前后相连且重复出现的一串节点。',
    'no-steps-come-in': '没有任何东西进入这些节点，因此没有步可分。请先把一个序列连到它们。',
    'not-a-block': '这不是模块的实例。请选择一个实例。',
    'shared-weights-differ':
      '{node} 共享另一实例的 {weight}，但形状不同。需要 {expected}，收到 {received}。请给两者相同宽度的输入。',

    // The graph as a whole
    'unknown-kind': '此版本不认识种类为“{kind}”的节点。它会原样保留；请更新 Neuroloom，或移除它后再训练。',
    'missing-input': '{node} 的“{port}”需要一个输入。请连接它。',
    'not-used': '没有节点依赖于 {node}，因此训练时会略过它。请连接它，或移除它。',
    'document-empty': '图是空的。请先添加一个数据节点。',
    'no-dataset': '没有可训练的数据。请添加一个数据节点。',
    'no-loss': '没有损失函数来衡量网络的误差。请添加一个。',
    'no-optimizer': '没有优化器训练 {node}。请添加一个优化器。',
    'loss-not-trained': '{node} 没有连接优化器，因此只作报告。请把它连接到一个优化器。',
    'scope-unknown': '{node} 要训练“{member}”，但图中没有它。请把它从列表中去掉。',
    'scope-not-upstream': '{node} 要训练 {member}，但其损失并不依赖于它。请把它从列表中去掉，或连接它。',
    'all-frozen': '{node} 可训练的节点中，没有未冻结的权重。请解冻某一层，或指定其他节点。',
    'nothing-to-train': '{node} 的上游没有权重。请添加一层，例如全连接层。',
  },

  fixes: {
    'insert-node': '插入 {node}',
    'set-param': '将{param}设为 {value}',
    'remove-edge': '移除连线',
    'remove-node': '移除节点',
    'add-node': '添加 {node}',
    connect: '连接 {node}',
    'add-variable': '添加变量 {name}',
  },

  commands: {
    'add-node': '添加 {node}',
    'insert-node': '插入 {node}',
    'insert-into-wire': '在连线中插入节点',
    'remove-nodes': '移除 {count, plural, other {# 个节点}}',
    'remove-and-bridge': '移除 {count, plural, other {# 个节点}}并连接相邻节点',
    duplicate: '复制 {count, plural, other {# 个节点}}',
    'move-parts': '移动 {count, plural, other {# 个部分}}',
    'move-nodes': '移动 {count, plural, other {# 个节点}}',
    connect: '连接',
    reconnect: '移动连线的一端',
    'remove-edges': '移除 {count, plural, other {# 条连线}}',
    'add-frame': '添加分组框',
    'change-frame': '更改分组框',
    'add-note': '添加便笺',
    'change-note': '修改便笺',
    'remove-note': '移除便笺',
    'route-edges': '改变 {count} 条连线的走向',
    'apply-fixes': '应用 {count} 处修复',
    arrange: '整理 {count} 个节点',
    'move-frame': '移动分组框',
    'remove-frame': '移除分组框',
    'switch-bypassed': '旁路 {count, plural, other {# 个节点}}',
    'switch-muted': '禁用 {count, plural, other {# 个节点}}',
    'switch-on': '启用 {count, plural, other {# 个节点}}',
    freeze: '冻结 {count, plural, other {# 个节点}}',
    unfreeze: '解冻 {count, plural, other {# 个节点}}',
    'set-param': '更改 {node} 的{param}',
    'set-params': '更改 {count, plural, other {# 个节点}}的{param}',
    'set-title': '重命名节点',
    'set-training':
      '更改{setting, select, epochs {训练轮数} batchSize {批大小} seed {随机种子} earlyStopping {早停} startFrom {起始权重} checkpoints {检查点} other {训练设置}}',
    'make-block': '创建模块 {title}',
    'unpack-block': '拆开模块',
    'distribute-over-time': '对每一步执行：{title}',
    'fold-repetition': '将 {count, plural, other {# 份重复}}折叠成一个模块',
    'detach-block': '使模块独立',
    'change-block': '更改模块',
    'remove-block': '移除模块',
    'share-weights': '共享 {count, plural, other {# 个模块}}的权重',
    'separate-weights': '让模块有自己的权重',
    'duplicate-linked': '复制 {count, plural, other {# 个模块}}并共享权重',
    'rename-port': '重命名模块的端口',
    'rename-param': '重命名由实例设置的参数',
    'move-port': '移动模块的端口',
    'remove-port': '移除模块的端口',
    'expose-param': '让实例设置{param}',
    'conceal-param': '仅在模块内部设置{param}',
    'rename-document': '重命名图',
    'add-variable': '添加变量 {name}',
    'set-variable': '更改变量 {name}',
    'rename-variable': '将变量 {from} 重命名为 {to}',
    'remove-variable': '移除变量 {name}',
    paste: '粘贴 {count, plural, other {# 个节点}}',
    'apply-fix': '应用修复',
  },

  failures: failureTexts,
  runtimeNotes: runtimeNoteTexts,

  runtimes: {
    device:
      '{device}{threads, plural, =0 {} other { · # 线程}}{cards, plural, =0 {} =1 {} other {（# 张显卡之一）}}',
  },
};
